"""R15: a restored database is served to nobody, and everybody is told so in Finnish."""

from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from register import standstill
from register.domain.operations import heartbeat
from register.files import counter
from register.models import Heartbeat
from register.models.staff import Role
from tests.factories import staff

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 10, 10, 0, tzinfo=UTC)
PAGES = ("/", "/tietosuojaseloste/", "/admin/", "/admin/login/", "/admin/asiakkaat/", "/eiole/")


@pytest.fixture
def restored_dump(site_content):
    heartbeat.beat(now=timezone.now())
    counter.write(99)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_says_that_it_is_closed(restored_dump, client, path, method):
    client.force_login(staff(Role.COUNSELLOR))
    response = getattr(client, method)(path)
    assert response.status_code == 503
    assert "Palvelu on hetken suljettu" in response.content.decode()
    assert 'class="button"' not in response.content.decode()
    assert response["Retry-After"]
    assert "no-store" in response["Cache-Control"]
    assert "Content-Security-Policy" in response
    assert not response.cookies


def test_a_monitor_reads_why(restored_dump, client):
    response = client.get("/healthz")
    assert response.status_code == 503
    assert "restored" in response.json()["wrong"]


def test_it_stands_before_whatever_reads_the_database():
    order = django_settings.MIDDLEWARE
    place = order.index("register.standstill.standstill")
    assert order.index("register.healthz.healthz") < place
    assert order.index("whitenoise.middleware.WhiteNoiseMiddleware") < place
    assert place < order.index("django.contrib.sessions.middleware.SessionMiddleware")


def test_a_dump_restored_under_a_running_server_is_noticed(site_content, client, monkeypatch):
    heartbeat.beat(now=timezone.now())
    assert client.get("/").status_code == 200
    counter.write(99)
    monkeypatch.setattr(standstill, "LOOK_EVERY", 0)
    assert client.get("/").status_code == 503
    Heartbeat.objects.update(counter=99)
    assert client.get("/").status_code == 200


def test_a_look_costs_no_query_of_each_request(site_content, client, django_assert_num_queries):
    client.get("/robots.txt")
    with django_assert_num_queries(0):
        standing = standstill.standstill(lambda request: "served")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(standstill.restored, "mismatch", lambda: None)
            standing(None)
        for _ in range(50):
            assert standing(None) == "served"


def test_the_registers_own_page_needs_nothing_of_the_site(restored_dump, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": []}]
    response = Client().get("/")
    assert response.status_code == 503
    assert "Palvelu on hetken suljettu" in response.content.decode()
    assert "static" not in response.content.decode()
