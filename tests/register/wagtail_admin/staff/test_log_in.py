"""C36: the second step of the log-in. Nothing is open before it, and no code goes twice."""

import time

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.utils import timezone

from register.access import attempts
from register.models import FactorSecret, LogInAttempts, StaffMember
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import staff
from tests.factories.staff import PASSWORD
from tests.factors import DOOR, HOME, SECOND_STEP, Telephone, recovery_codes, with_app

pytestmark = pytest.mark.django_db
ASKED = "/admin/account/"


@pytest.fixture
def person():
    return staff(Role.COUNSELLOR)


@pytest.fixture
def telephone(person):
    return with_app(person)


def first_step(client, person, **typed):
    answer = client.post(DOOR, {"username": person.username, "password": PASSWORD, **typed})
    assert answer.status_code == 302
    return answer["Location"]


def confirm(client, code, **headers):
    return client.post(SECOND_STEP, {"code": code}, **headers)


def is_in(client):
    return client.get(HOME).status_code == 200


def test_without_a_second_factor_the_password_opens(client, person):
    assert first_step(client, person, next=ASKED) == ASKED
    assert is_in(client)


def test_the_password_alone_opens_nothing_where_there_is_one(client, person, telephone):
    assert first_step(client, person, next=ASKED) == SECOND_STEP
    assert not is_in(client)
    assert "_auth_user_id" not in client.session
    page = client.get(SECOND_STEP).content.decode()
    assert "Vahvista kirjautuminen" in page
    answer = confirm(client, telephone.code())
    assert (answer.status_code, answer["Location"]) == (302, ASKED)
    assert is_in(client)


def test_the_second_step_is_nothing_by_itself(client, telephone):
    assert client.get(SECOND_STEP)["Location"] == DOOR
    assert confirm(client, telephone.code())["Location"] == DOOR
    assert not is_in(client)


@pytest.mark.parametrize("wrong", ["000000", "", "x", "１２３４５６", "9" * 200, "\x00", "12345"])
def test_a_wrong_code_is_refused_in_words(client, person, telephone, wrong):
    first_step(client, person)
    page = confirm(client, wrong)
    assert page.status_code == 200
    assert "error" in page.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("stored", ["", "x", "lost.AAAA"])
def test_a_damaged_secret_opens_nothing_and_breaks_nothing(client, person, telephone, stored):
    first_step(client, person)
    FactorSecret.objects.update(secret_encrypted=stored)
    assert confirm(client, telephone.code()).status_code == 200
    assert not is_in(client)


def test_a_code_is_taken_once(client, person, telephone):
    code = telephone.code()
    first_step(client, person)
    assert confirm(client, code).status_code == 302
    client.logout()
    cache.clear()  # as in another process
    first_step(client, person)
    assert confirm(client, code).status_code == 200
    assert not is_in(client)


def test_an_old_code_is_none_when_the_clock_goes_back(
    client, person, telephone, monkeypatch, set_clock
):
    """An hour later somebody sets the clock back to when a code was used that was seen."""
    used_at, code = timezone.now(), telephone.code()
    first_step(client, person)
    assert confirm(client, code).status_code == 302
    client.logout()
    cache.clear()
    set_clock(used_at - attempts.WINDOW * 2)
    first_step(client, person)
    assert confirm(client, code).status_code == 200
    set_clock(used_at)
    assert confirm(client, code).status_code == 200


def test_a_code_of_long_ago_or_of_later_is_none(client, person, telephone):
    first_step(client, person)
    for steps in (-3, 3, 120):
        assert confirm(client, telephone.code(steps=steps)).status_code == 200
    assert confirm(client, telephone.code(steps=-1)).status_code == 302


def test_a_recovery_code_opens_once(client, person, telephone):
    code, other, *rest = recovery_codes(person)
    assert len(rest) == 8
    first_step(client, person)
    assert confirm(client, f" {code[:4]}-{code[4:]} ").status_code == 302
    assert recovery_codes(person) == [other, *rest]
    client.logout()
    first_step(client, person)
    assert confirm(client, code).status_code == 200
    assert confirm(client, other).status_code == 302


def test_codes_of_another_person_are_none(client, person, telephone):
    other = staff(Role.COUNSELLOR)
    others = with_app(other)
    first_step(client, person)
    assert confirm(client, others.code()).status_code == 200
    assert confirm(client, recovery_codes(other)[0]).status_code == 200
    assert len(recovery_codes(other)) == 10


def test_wrong_codes_come_to_an_end_and_the_right_one_waits_too(client, person, telephone):
    first_step(client, person)
    for _attempt in range(attempts.MOST_CODES):
        assert "Liian monta" not in confirm(client, "000000").content.decode()
    page = confirm(client, telephone.code())
    assert page.status_code == 200
    assert "Vääriä koodeja oli liian monta" in page.content.decode()
    assert "kirjautumisyrityksiä" not in page.content.decode()
    # From everywhere, as the count is the account's.
    from_elsewhere = client_class(client)
    from_elsewhere.defaults["REMOTE_ADDR"] = "198.51.100.9"
    first_step(from_elsewhere, person)
    assert confirm(from_elsewhere, telephone.code()).status_code == 200
    LogInAttempts.objects.all().delete()
    assert confirm(client, telephone.code()).status_code == 302


def client_class(client):
    return type(client)()


def test_right_ones_are_not_counted(client, person, telephone):
    for code in recovery_codes(person)[:3]:
        first_step(client, person)
        confirm(client, "000000")
        assert confirm(client, code).status_code == 302
        client.logout()
    assert not LogInAttempts.objects.filter(count__gt=3).exists()


def test_nothing_that_was_typed_is_kept_in_clear(client, person, telephone):
    first_step(client, person)
    confirm(client, "000000")
    confirm(client, telephone.code())
    assert {len(row.key) for row in LogInAttempts.objects.all()} == {64}
    kept = str(list(LogInAttempts.objects.values_list()))
    assert person.username not in kept
    assert "127.0.0.1" not in kept


def test_the_second_step_waits_a_quarter_of_an_hour(client, person, telephone, monkeypatch):
    first_step(client, person)
    code = telephone.code()
    real = time.time
    monkeypatch.setattr("allauth.account.internal.stagekit.time.time", lambda: real() + 15 * 60 + 5)
    assert confirm(client, code)["Location"] == DOOR
    assert not is_in(client)


def test_a_suspension_between_the_steps_keeps_out(client, person, telephone):
    first_step(client, person)
    StaffMember.objects.filter(user=person).update(suspended_from=today())
    assert confirm(client, telephone.code())["Location"] == DOOR
    StaffMember.objects.filter(user=person).update(suspended_from=None)
    assert confirm(client, telephone.code())["Location"] == DOOR


def test_a_new_password_between_the_steps_keeps_out(client, person, telephone):
    first_step(client, person)
    person.set_password("jokin aivan muu salasana")
    person.save()
    assert confirm(client, telephone.code())["Location"] == DOOR


def test_somebody_who_is_logged_in_leaves_before_another_comes(client, person, telephone):
    client.force_login(staff(Role.BILLING))
    assert first_step(client, person) == SECOND_STEP
    assert not is_in(client)
    assert confirm(client, telephone.code()).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_next_elsewhere_is_not_followed(client, person, telephone):
    first_step(client, person, next="https://example.com/")
    assert confirm(client, telephone.code())["Location"] == HOME


def test_signals_tell_of_it_once(client, person, telephone):
    told = []
    for signal in (user_logged_in, user_login_failed):
        signal.connect(
            lambda sender, signal, **kwargs: told.append(signal), weak=False, dispatch_uid="told"
        )
    try:
        client.post(DOOR, {"username": person.username, "password": "x"})
        assert told == [user_login_failed]
        first_step(client, person)
        assert told == [user_login_failed]
        confirm(client, "000000")
        assert told == [user_login_failed] * 2
        confirm(client, telephone.code())
        assert told == [user_login_failed, user_login_failed, user_logged_in]
    finally:
        for signal in (user_logged_in, user_login_failed):
            signal.disconnect(dispatch_uid="told")


def test_no_second_copy_of_anybodys_address_is_made(client, person, telephone):
    first_step(client, person)
    confirm(client, telephone.code())
    assert is_in(client)
    assert not EmailAddress.objects.exists()


def test_the_session_holds_neither_name_nor_secret(client, person, telephone):
    first_step(client, person)
    for when in ("between", "inside"):
        data = str(Session.objects.get(session_key=client.session.session_key).get_decoded())
        for said in (person.username, person.email, telephone.secret, PASSWORD):
            assert said not in data, when
        confirm(client, telephone.code())


def test_the_limits_of_allauth_are_off(client, person, telephone):
    """They would answer otherwise than ours, and keep addresses in a cache as they are."""
    assert django_settings.ACCOUNT_RATE_LIMITS is False
    first_step(client, person)
    for _attempt in range(attempts.MOST_CODES + 3):
        assert confirm(client, "000000").status_code == 200


def test_a_secret_that_cannot_be_read_lets_nobody_in(client, person, telephone, settings):
    first_step(client, person)
    other = "YW5vdGhlci1rZXktb2YtMzItYnl0ZXMtZXhhY3RseSE="
    settings.REGISTER = {**settings.REGISTER, "ENCRYPTION_KEYS": {"other": other}}
    page = confirm(client, telephone.code())
    assert page.status_code == 200
    assert Telephone().secret not in page.content.decode()
    assert not is_in(client)
