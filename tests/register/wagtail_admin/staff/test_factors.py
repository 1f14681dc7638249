"""C36: the pages of one's own second factors and sessions."""

import json
import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client as Browser
from django.utils import timezone

from register.access import attempts, running_sessions, second_factor
from register.models import FailedLogIns
from register.models.staff import Role
from tests.factories import staff
from tests.factories.staff import PASSWORD
from tests.factors import (
    DOOR,
    FACTORS,
    PROVE,
    SECOND_STEP,
    recovery_codes,
    with_app,
    with_passkey,
)
from tests.naughty import NAUGHTY

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0"
PAGES = ("avain/", "sovellus/", "palautuskoodit/", "palautuskoodit/tiedosto/")


@pytest.fixture
def person():
    return staff(Role.COUNSELLOR)


def log_in(client, person, code=None, **headers):
    client.post(DOOR, {"username": person.username, "password": PASSWORD}, headers=headers)
    if code:
        assert client.post(SECOND_STEP, {"code": code}, headers=headers).status_code == 302
    return client


def an_hour_later(client):
    """What was shown in the session was shown an hour ago."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()


def test_strangers_see_nothing_of_it(client):
    for page in ("", *PAGES, "tunnistus/", "avain/1/", "poista/1/"):
        assert client.get(f"{FACTORS}{page}")["Location"].startswith(DOOR), page


def test_whoever_comes_later_shows_first_who_it_is(client, person):
    telephone = with_app(person)
    passkey = with_passkey(person)
    log_in(client, person, telephone.code())
    codes = client.get(f"{FACTORS}palautuskoodit/").content.decode()
    assert recovery_codes(person)[0] in codes
    an_hour_later(client)
    for page in (*PAGES, f"avain/{passkey.pk}/", f"poista/{passkey.pk}/"):
        for send in (client.get, client.post):
            answer = send(f"{FACTORS}{page}")
            if answer.status_code != 405:
                assert answer["Location"].startswith(f"{PROVE}?next="), page
    assert Authenticator.objects.filter(pk=passkey.pk).exists()


def test_a_factor_is_asked_for_where_there_is_one_and_else_the_password(client, person):
    log_in(client, person)
    an_hour_later(client)
    asked = client.get(f"{FACTORS}sovellus/")["Location"]
    assert "current-password" in client.get(asked).content.decode()
    assert client.post(asked, {"password": "x"}).status_code == 200
    assert client.post(asked, {"password": PASSWORD})["Location"] == f"{FACTORS}sovellus/"
    assert client.get(f"{FACTORS}sovellus/").status_code == 200
    with_app(person)
    assert client.get(f"{FACTORS}sovellus/").status_code == 302
    assert "current-password" not in client.get(asked).content.decode()
    assert client.post(asked, {"password": PASSWORD}).status_code == 200
    assert client.get(f"{FACTORS}sovellus/").status_code == 302
    answer = client.post(asked, {"code": recovery_codes(person)[0], "next": "//example.com"})
    assert answer["Location"] == FACTORS


def test_guessing_at_the_password_there_comes_to_an_end(client, person):
    log_in(client, person)
    an_hour_later(client)
    for _attempt in range(attempts.MOST):
        client.post(PROVE, {"password": "x"})
    page = client.post(PROVE, {"password": PASSWORD})
    assert page.status_code == 200
    assert "minuuttia" in page.content.decode()
    assert FailedLogIns.objects.get(account=person.pk).count == attempts.MOST + 1  # C38


@pytest.mark.parametrize("page", ["avain/{}/", "poista/{}/"])
def test_another_persons_factor_is_not_there(client, person, page):
    others = with_passkey(staff(Role.MAIN_USER), name="Toisen puhelin")
    log_in(client, person)
    for send in (client.get, client.post):
        assert send(f"{FACTORS}{page.format(others.pk)}", {"name": "x"}).status_code == 404
    assert Authenticator.objects.get(pk=others.pk).wrap().name == "Toisen puhelin"


def test_the_only_one_is_not_removed_where_it_is_required(client, person, settings):
    settings.REGISTER = {**settings.REGISTER, "SECOND_FACTOR_REQUIRED": True}
    telephone = with_app(person)
    app = Authenticator.objects.get(type="totp")
    log_in(client, person, telephone.code())
    page = client.get(f"{FACTORS}poista/{app.pk}/").content.decode()
    assert "lisää ensin toinen" in page
    answer = client.post(f"{FACTORS}poista/{app.pk}/", follow=True)
    assert "lisää ensin toinen" in answer.content.decode()
    assert Authenticator.objects.filter(pk=app.pk).exists()


def test_a_link_used_twice_finds_nothing(client, person):
    telephone = with_app(person)
    passkey = with_passkey(person)
    log_in(client, person, telephone.code())
    assert client.post(f"{FACTORS}poista/{passkey.pk}/").status_code == 302
    assert client.post(f"{FACTORS}poista/{passkey.pk}/").status_code == 404
    assert client.get(f"{FACTORS}avain/{passkey.pk}/").status_code == 404


BROKEN = [*NAUGHTY[:20], "{}", "[]", "null", "1", '{"id": 1}', '{"id": "x", "rawId": "x"}']
BROKEN += [json.dumps({"id": "eA", "rawId": "eA", "type": "public-key", "response": response})
    for response in ({}, None, [], "x", {"clientDataJSON": "eA", "attestationObject": "eA"},
        {"clientDataJSON": "eA", "authenticatorData": "eA", "signature": "eA"})]  # fmt: skip


@pytest.mark.parametrize("answered", BROKEN)
def test_whatever_a_browser_answers_is_refused_in_words(client, person, answered):
    log_in(client, person)
    client.get(f"{FACTORS}avain/")
    page = client.post(f"{FACTORS}avain/", {"name": "x", "credential": answered})
    assert page.status_code == 200
    telephone = with_app(person)
    client.get(PROVE)
    assert client.post(PROVE, {"credential": answered}).status_code == 200
    client.logout()
    log_in(client, person)
    client.get(SECOND_STEP)
    assert client.post(SECOND_STEP, {"credential": answered}).status_code == 200
    assert client.post(SECOND_STEP, {"code": telephone.code()}).status_code == 302


def test_the_secret_of_an_app_begun_is_encrypted_in_the_session(client, person):
    log_in(client, person)
    secret = client.get(f"{FACTORS}sovellus/").context["secret"].replace(" ", "")
    again = client.get(f"{FACTORS}sovellus/").context["secret"].replace(" ", "")
    assert secret == again
    [row] = Session.objects.all()
    assert secret not in str(row.get_decoded())


def test_each_sees_where_one_is_logged_in_and_ends_it(client, person):
    elsewhere, stranger = Browser(), Browser()
    log_in(client, person, **{"User-Agent": FIREFOX})
    log_in(elsewhere, person, **{"User-Agent": "curl/8"})
    log_in(stranger, staff(Role.BILLING))
    page = client.get(FACTORS)
    text = page.content.decode()
    assert "Firefox, Windows" in text
    assert "Tuntematon selain" in text
    assert "127.0.0.1" not in text
    assert client.session.session_key not in text
    sessions = page.context["sessions"]
    assert len(sessions) == 2
    [other] = [each for each in sessions if not each["is_this"]]
    [this] = [each for each in sessions if each["is_this"]]
    client.post(FACTORS, {"session": this["mark"]})
    client.post(FACTORS, {"session": running_sessions.mark(stranger.session.session_key)})
    assert all(each.get("/admin/").status_code == 200 for each in (client, elsewhere, stranger))
    client.post(FACTORS, {"session": other["mark"]})
    assert elsewhere.get("/admin/").status_code == 302
    assert client.get("/admin/").status_code == 200
    log_in(elsewhere, person)
    client.post(FACTORS)
    assert elsewhere.get("/admin/").status_code == 302
    assert stranger.get("/admin/").status_code == 200


def test_removing_a_lost_device_ends_what_runs_on_it(client, person):
    lost = with_passkey(person, name="Kadonnut")
    telephone = with_app(person)
    elsewhere = log_in(Browser(), person, recovery_codes(person)[0])
    log_in(client, person, telephone.code())
    client.post(f"{FACTORS}poista/{lost.pk}/")
    assert elsewhere.get("/admin/").status_code == 302
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18) Version/18.0 Mobile Safari/604", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140 Safari/537 Edg/140", "Edge, Linux"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari/537", "Chrome, Android"),
        ("", ""),
        ("x" * 9000, ""),
    ],
)
def test_of_a_browser_the_kind_is_kept(agent, kind):
    assert running_sessions.kind_of(agent) == kind


def test_the_clock_going_back_proves_nothing(client, person, set_clock, rf):
    log_in(client, person)
    set_clock(timezone.now() - timedelta(hours=1))
    request = rf.get("/")
    request.user, request.session = person, client.session
    assert not second_factor.is_proven(request)


def test_a_main_user_resets_it_on_the_colleagues_page(client, person):
    main_user = staff(Role.MAIN_USER)
    with_app(person)
    client.force_login(main_user)
    member = person.staff_member
    page = client.get(f"/admin/henkilosto/inspect/{member.pk}/").content.decode()
    assert "Nollaa lisävahvistus" in page
    url = re.search(r'"(/admin/henkilosto/[^"]*reset-factor[^"]*)"', page)[1]
    found = client.get(url)
    assert found.status_code == 200, page
    assert "Varmista puhumalla" in found.content.decode()
    client.post(url, {"seen": found.context["seen"], "confirmed": "1"})
    assert not Authenticator.objects.exists()
