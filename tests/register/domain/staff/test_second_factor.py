"""C36: second factors: one's own, and a colleague's after a lost telephone."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import call_command
from django.db import connection

from register.domain.operations import key_rotation, keys
from register.domain.staff import second_factor
from register.exceptions import LastFactor, NotAllowed
from register.models import AccessLogEntry, FactorSecret, StaffMember
from register.models.access_log import Action
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import UserFactory, staff
from tests.factors import Telephone, recovery_codes, with_app, with_passkey

pytestmark = pytest.mark.django_db
OLD = {"test": "dGVzdC1zdWl0ZS1vbmx5LWtleS0zMi1ieXRlcyEhISE="}
NEW = {"new": "YW5vdGhlci1rZXktb2YtMzItYnl0ZXMtZXhhY3RseSE="}


@pytest.fixture
def required(settings):
    settings.REGISTER = {**settings.REGISTER, "SECOND_FACTOR_REQUIRED": True}


@pytest.fixture
def person():
    return staff(Role.COUNSELLOR)


def entries(person):
    key = str(person.staff_member.pk)
    found = AccessLogEntry.objects.filter(model="register.StaffMember", object_key=key)
    return [(entry.view, entry.actor, entry.action) for entry in found.order_by("pk")]


def remove(factor, by):
    second_factor.remove_factor(factor=factor, by=by, today=today())


def test_the_tables_hold_no_secret_in_clear(person):
    telephone, codes = with_app(person), recovery_codes(person)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        stored = str(cursor.fetchall())
        cursor.execute("SELECT secret_encrypted FROM register_factorsecret")
        rows = cursor.fetchall()
    stored += str(rows)
    assert len(rows) == 2
    assert telephone.secret not in stored
    assert not [code for code in codes if code in stored]
    assert all(value.startswith("test.") for (value,) in rows)


def test_a_rotated_key_opens_them_still(person, settings):
    telephone, codes = with_app(person), recovery_codes(person)
    settings.REGISTER = {**settings.REGISTER, "ENCRYPTION_KEYS": NEW | OLD}
    keys.enroll(today=today())
    call_command("rotate_encryption_keys", stdout=StringIO())
    assert {row.secret_encrypted[:4] for row in FactorSecret.objects.all()} == {"new."}
    settings.REGISTER = {**settings.REGISTER, "ENCRYPTION_KEYS": NEW}
    app = Authenticator.objects.get(user=person, type="totp")
    assert app.wrap().validate_code(telephone.code())
    assert recovery_codes(person) == codes
    assert [column.label for column in key_rotation.columns()].count("register.FactorSecret.secret")


def test_each_change_is_in_the_log_and_told_to_the_owner(
    person, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        second_factor.add_app(secret=Telephone().secret, by=person, today=today())
        passkey = second_factor.add_passkey(name="x", credential={}, by=person, today=today())
        second_factor.rename_passkey(passkey=passkey, name="Puhelin", by=person, today=today())
        second_factor.renew_recovery_codes(by=person, today=today())
        remove(passkey, person)
    views = ("own_app_add", "own_passkey_add", "own_passkey_rename")
    views += ("own_recovery_codes_renew", "own_factor_remove")
    assert entries(person) == [(view, person.pk, Action.CHANGE) for view in views]
    assert [sent.to for sent in mail.outbox] == [[person.email]] * 4
    assert mail.outbox[0].subject == "Asiakasrekisteri: kirjautumistasi muutettiin"
    assert "todennussovellus" in mail.outbox[0].body
    said = " ".join(sent.subject + sent.body for sent in mail.outbox)
    assert person.username not in said
    assert "Puhelin" not in said


def test_a_mail_that_is_not_sent_changes_nothing(
    person, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    with django_capture_on_commit_callbacks(execute=True):
        with_app(person)
    assert Authenticator.objects.filter(user=person, type="totp").exists()


def test_the_last_one_stays_where_one_is_required(person, required):
    with_app(person)
    app, passkey = Authenticator.objects.get(type="totp"), with_passkey(person)
    remove(passkey, person)
    with pytest.raises(LastFactor):
        remove(app, person)
    assert recovery_codes(person)
    assert entries(person)[-1][0] == "own_factor_remove"
    assert len(entries(person)) == 2


def test_with_the_last_one_the_recovery_codes_go(person):
    with_app(person)
    remove(Authenticator.objects.get(type="totp"), person)
    assert not Authenticator.objects.exists()
    assert not FactorSecret.objects.exists()


def test_another_persons_is_out_of_reach(person):
    other = staff(Role.MAIN_USER)
    with_app(other)
    passkey = with_passkey(other)
    for row in (passkey, Authenticator.objects.get(user=other, type="totp")):
        with pytest.raises(NotAllowed):
            remove(row, person)
    with pytest.raises(NotAllowed):
        second_factor.rename_passkey(passkey=passkey, name="x", by=person, today=today())
    assert Authenticator.objects.filter(user=other).count() == 3
    assert entries(person) == []


def test_a_recovery_code_is_no_factor_of_its_own(person):
    with pytest.raises(NotAllowed):
        second_factor.renew_recovery_codes(by=person, today=today())
    assert recovery_codes(person) is None


def test_a_new_app_takes_the_place_of_the_old_one(person):
    old = with_app(person)
    codes = recovery_codes(person)
    new = with_app(person)
    [app] = Authenticator.objects.filter(user=person, type="totp")
    assert not app.wrap().validate_code(old.code())
    assert app.wrap().validate_code(new.code())
    assert recovery_codes(person) == codes
    assert FactorSecret.objects.count() == 2


def test_new_recovery_codes_make_the_old_ones_worthless(person):
    with_app(person)
    before = recovery_codes(person)
    second_factor.renew_recovery_codes(by=person, today=today())
    assert not set(before) & set(recovery_codes(person))
    assert FactorSecret.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", "Pääsyavain"),
        ("  \u200b ", "Pääsyavain"),
        ("Työ\nkone", "Työ kone"),
        ("x" * 90, "x" * 60),
    ],
)
def test_a_passkey_has_a_name_of_one_line(person, typed, kept):
    added = second_factor.add_passkey(name=typed, credential={}, by=person, today=today())
    assert added.wrap().name == kept


def test_a_user_who_is_no_staff_member_has_one_too(db):
    with_app(UserFactory())
    assert not AccessLogEntry.objects.exists()


def reset(person, by, seen=None):
    member = StaffMember.objects.get(user=person)
    return second_factor.reset_second_factor(member=member, seen=seen, by=by, today=today())


def test_a_main_user_resets_a_colleagues_and_the_owner_is_told(
    person, client, django_capture_on_commit_callbacks
):
    main_user = staff(Role.MAIN_USER)
    with_app(person)
    with_passkey(person)
    client.force_login(person)
    with django_capture_on_commit_callbacks(execute=True):
        reset(person, main_user)
    assert not Authenticator.objects.exists()
    assert not FactorSecret.objects.exists()
    assert client.get("/admin/").status_code == 302
    assert entries(person)[-1] == ("staff_factor_reset", main_user.pk, Action.CHANGE)
    assert [sent.to for sent in mail.outbox] == [[person.email]]
    assert "nollattiin" in mail.outbox[0].body


def test_nobody_resets_ones_own_and_nobody_but_a_main_user_does(person):
    main_user = staff(Role.MAIN_USER)
    with_app(main_user)
    with_app(person)
    for who, by in ((main_user, main_user), (person, person), (main_user, person)):
        with pytest.raises(NotAllowed):
            reset(who, by)
    assert Authenticator.objects.filter(type="totp").count() == 2
