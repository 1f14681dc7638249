"""C36: where every log-in takes a second factor, no session is without one."""

from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.core.checks import run_checks
from django.urls import include, path, reverse
from wagtail.admin import urls as wagtailadmin_urls

from register import admin_urls
from register.models.staff import Role
from tests.factories import staff
from tests.factories.staff import PASSWORD
from tests.factors import DOOR, FACTORS, HOME, SECOND_STEP, with_app, with_passkey
from tests.integration.test_log_in import addresses

pytestmark = pytest.mark.django_db
# What one may reach until there is a factor: its pages, the way out, and what they are made of.
OPEN = {
    FACTORS,
    f"{FACTORS}avain/",
    f"{FACTORS}sovellus/",
    f"{FACTORS}tunnistus/",
    f"{FACTORS}palautuskoodit/",
    f"{FACTORS}palautuskoodit/tiedosto/",
    DOOR,
    SECOND_STEP,
    "/admin/logout/",
    "/admin/session/",
    "/admin/sprite/",
    "/admin/jsi18n/",
}


@pytest.fixture(autouse=True)
def required(settings):
    settings.REGISTER = {**settings.REGISTER, "SECOND_FACTOR_REQUIRED": True}


@pytest.fixture
def person():
    return staff(*Role)


def log_in(client, person, code=None):
    client.post(DOOR, {"username": person.username, "password": PASSWORD})
    if code:
        client.post(SECOND_STEP, {"code": code})


@pytest.mark.usefixtures("site_content")
def test_whoever_has_none_reaches_nothing_but_the_way_to_one(client, person):
    client.raise_request_exception = False
    log_in(client, person)
    elsewhere = set()
    for address in sorted(addresses() - OPEN):
        if address.startswith("/media/"):
            continue
        answer = client.get(address)
        led = answer.status_code == 302 and answer["Location"] == FACTORS
        if not led and answer.status_code < 400 and address.startswith(("/admin", "/documents")):
            elsewhere.add(address)
    assert elsewhere == set()
    assert client.post("/admin/asiakkaat/create/", {"first_name": "x"})["Location"] == FACTORS


def test_the_way_to_one_is_open(client, person):
    log_in(client, person)
    for address in (FACTORS, f"{FACTORS}avain/", f"{FACTORS}sovellus/", "/admin/sprite/"):
        assert client.get(address).status_code == 200, address
    assert client.post("/admin/logout/").status_code == 302


def test_with_one_everything_opens(client, person):
    telephone = with_app(person)
    log_in(client, person, telephone.code())
    assert client.get(HOME).status_code == 200


@pytest.mark.parametrize("give", [with_app, with_passkey])
def test_a_session_of_before_ends(client, person, give):
    log_in(client, person)
    give(person)
    assert client.get(HOME)["Location"].startswith(DOOR)
    assert "_auth_user_id" not in client.session


def test_a_session_that_came_past_the_door_is_none(client, person):
    with_app(person)
    client.force_login(person)
    assert client.get(HOME)["Location"].startswith(DOOR)


def test_recovery_codes_alone_are_no_factor(client, person):
    with_app(person)
    Authenticator.objects.filter(type="totp").delete()
    log_in(client, person)
    assert client.get(HOME)["Location"] == FACTORS


def test_visitors_are_asked_for_nothing(client, site_content):
    assert client.get("/").status_code == 200
    assert client.get(DOOR).status_code == 200


def test_where_it_is_not_required_the_password_opens(client, person, settings):
    settings.REGISTER = {**settings.REGISTER, "SECOND_FACTOR_REQUIRED": False}
    log_in(client, person)
    assert client.get(HOME).status_code == 200


def told():
    found = run_checks(tags=["register"], include_deployment_checks=True)
    return {each.id for each in found}


def test_production_without_it_is_refused(settings):
    assert "register.E013" not in told()
    with_it, middleware = settings.REGISTER, settings.MIDDLEWARE
    settings.REGISTER = {**with_it, "SECOND_FACTOR_REQUIRED": False}
    assert "register.E013" in told()
    settings.REGISTER = with_it
    settings.MIDDLEWARE = [each for each in middleware if "second_factor" not in each]
    assert {"register.E013", "register.W032"} <= told()


class WagtailFirst:
    urlpatterns = [
        path("admin/", include(wagtailadmin_urls)),
        path("admin/", include(admin_urls)),
    ]


def test_wagtails_own_door_is_refused(settings):
    assert "register.E014" not in told()
    settings.ROOT_URLCONF = WagtailFirst
    assert reverse("wagtailadmin_login") == DOOR
    assert "register.E014" in told()


def test_no_production_settings_are_without_it():
    text = Path(django_settings.BASE_DIR, "futuuri_site/settings/production.py").read_text()
    assert '"SECOND_FACTOR_REQUIRED": True' in text
