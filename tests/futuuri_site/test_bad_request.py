"""Too much at once is refused in words, on every form that takes text."""

import pytest
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.test import Client, RequestFactory

from futuuri_site.bad_request import refused
from register.models import AccessLogEntry
from register.models.staff import Role
from tests.factories import staff

pytestmark = pytest.mark.django_db
TEN_MEGABYTES = "ö" * 5_000_000


@pytest.mark.parametrize(
    "path", ["/admin/login/", "/admin/asiakkaat/create/", "/admin/asiakkaat/", "/palaute/"]
)
def test_ten_megabytes_are_refused_in_words(path):
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    browser.force_login(staff(Role.COUNSELLOR))
    entries = AccessLogEntry.objects.count()
    answer = browser.post(path, {"name": TEN_MEGABYTES})
    assert answer.status_code == 413
    text = answer.content.decode()
    assert "liikaa kerralla" in text
    assert "Takaisin-painikkeella" in text
    assert "ööö" not in text
    assert AccessLogEntry.objects.count() == entries


def test_what_else_is_refused_is_told_as_before():
    answer = refused(RequestFactory().get("/"), SuspiciousOperation())
    assert answer.status_code == 400
    assert "Pyyntöä ei ymmärretty" in answer.content.decode()
