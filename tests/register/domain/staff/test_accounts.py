"""C34, C35: the main user manages accounts; a removed login ends at once and returns by itself."""

from contextlib import nullcontext
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from register.access.standing import SYSTEM
from register.domain.access_log import recording
from register.domain.staff.absences import suspend
from register.domain.staff.accounts import add_staff_member, close, rename
from register.domain.staff.roles import set_roles
from register.exceptions import LastMainUser, NotAllowed
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, Heartbeat, StaffMember
from register.models.access_log import Action
from register.models.staff import Role
from register.reference import clock
from tests.factories import StaffMemberFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
PERSON = {
    "username": "aino",
    "email": "aino@example.org",
    "first_name": "Aino",
    "last_name": "Keksitty",
}


@pytest.fixture
def main_user():
    return staff(Role.MAIN_USER)


def test_it_adds_a_member_with_roles_and_no_password(main_user):
    member = add_staff_member(
        **PERSON, roles=[Role.COUNSELLOR, Role.BILLING], by=main_user, today=TODAY
    )

    assert member.roles == {Role.COUNSELLOR, Role.BILLING}
    assert not member.user.has_usable_password()
    assert not member.has_agreement(TODAY)
    entry = AccessLogEntry.objects.exclude(action="log_in").get()
    assert (entry.actor, entry.action) == (main_user.pk, Action.CREATE)
    assert entry.purpose == Purpose.ADMINISTRATION


def test_nothing_that_nobody_sees_is_kept_of_a_person(main_user):
    hidden = {
        "username": "ai\u200bno",
        "email": "aino@exam\u200bple.org",
        "first_name": "A\u030ake",
    }
    member = add_staff_member(**PERSON | hidden, roles=[], by=main_user, today=TODAY)
    user = member.user
    assert (user.username, user.email, user.first_name) == ("aino", "aino@example.org", "Åke")

    asked = {"member": member, "seen": None, "by": main_user, "today": TODAY}
    rename(**asked, first_name="Aino", last_name="O\u0308rn\u200b", email="aino@example.org")
    member.refresh_from_db()
    assert (member.user.last_name, member.sort_key) == ("Örn", "}rn aino")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "aіno"),
        ("first_name", "Aіno"),
        ("last_name", "Kеksitty"),
        ("email", "aino@eхample.org"),
    ],
)
def test_letters_that_only_look_alike_are_refused(main_user, field, value):
    with pytest.raises(ValidationError) as refusal:
        add_staff_member(**PERSON | {field: value}, roles=[], by=main_user, today=TODAY)
    assert set(refusal.value.message_dict) == {field}
    assert not StaffMember.objects.filter(user__email=PERSON["email"]).exists()


@pytest.mark.parametrize("username", ["AINO", "ａino", "Ai\u200bno"])
def test_a_second_account_whose_name_reads_alike_is_refused(main_user, username):
    add_staff_member(**PERSON, roles=[], by=main_user, today=TODAY)
    with pytest.raises(ValidationError) as refusal:
        add_staff_member(**PERSON | {"username": username}, roles=[], by=main_user, today=TODAY)
    assert set(refusal.value.message_dict) == {"username"}


def test_the_command_passes_the_same_place():
    call_command("create_main_user", **PERSON | {"username": "ai\u200bno"})
    assert StaffMember.objects.get().user.username == "aino"
    with pytest.raises(CommandError):
        call_command("create_main_user", **PERSON | {"username": "AINO"})


def test_it_refuses_a_user_name_that_is_taken(main_user):
    add_staff_member(**PERSON, roles=[], by=main_user, today=TODAY)
    with pytest.raises(ValidationError):
        add_staff_member(**PERSON, roles=[], by=main_user, today=TODAY)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MAIN_USER])
def test_only_a_main_user_manages_accounts(role):
    actor, member = staff(role), StaffMemberFactory()
    for attempt in (
        lambda: add_staff_member(**PERSON, roles=[], by=actor, today=TODAY),
        lambda: set_roles(member=member, seen=None, roles=[Role.BILLING], by=actor, today=TODAY),
        lambda: suspend(member=member, seen=None, start=TODAY, until=None, by=actor, today=TODAY),
        lambda: close(member=member, seen=None, by=actor, today=TODAY),
    ):
        with pytest.raises(NotAllowed):
            attempt()


def test_it_replaces_roles_and_keeps_other_groups(main_user):
    from django.contrib.auth.models import Group

    member = staff(Role.COUNSELLOR).staff_member
    member.user.groups.add(Group.objects.create(name="Muu ryhmä"))

    set_roles(member=member, seen=None, roles=[Role.BILLING], by=main_user, today=TODAY)

    names = set(member.user.groups.values_list("name", flat=True))
    assert names == {Role.BILLING, "Muu ryhmä"}


def test_the_change_is_undone_when_the_log_cannot_be_written(main_user, monkeypatch):
    member = staff(Role.COUNSELLOR).staff_member

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(recording, "record", fail)
    with pytest.raises(RuntimeError):
        close(member=member, seen=None, by=main_user, today=TODAY)
    member.refresh_from_db()
    assert member.closed_on is None


def test_the_last_main_user_can_neither_go_nor_lose_the_role(main_user):
    member = main_user.staff_member
    for attempt in (
        lambda: set_roles(member=member, seen=None, roles=[], by=SYSTEM, today=TODAY),
        lambda: suspend(
            member=member, seen=None, start=TODAY, until=None, by=main_user, today=TODAY
        ),
        lambda: close(member=member, seen=None, by=main_user, today=TODAY),
    ):
        with pytest.raises(LastMainUser):
            attempt()
    other = staff(Role.MAIN_USER)
    closed = close(member=member, seen=None, by=other, today=TODAY)
    assert closed.closed_on == TODAY


@pytest.mark.parametrize(
    ("absence", "lasts"),
    [
        ({"suspended_from": -9, "suspended_until": -1}, True),
        ({"suspended_from": -9, "suspended_until": 0}, False),
        ({"suspended_from": -9}, False),
        ({"suspended_from": 9, "suspended_until": 10}, False),
        (
            {
                "suspended_from": -9,
                "suspended_until": -8,
                "next_suspended_from": -5,
                "next_suspended_until": -1,
            },
            True,
        ),
        ({"suspended_from": -9, "suspended_until": -8, "next_suspended_from": 5}, False),
    ],
    ids=["was away", "last day", "away", "will be away", "was twice", "will be again"],
)
def test_a_main_user_who_is_back_for_good_is_enough(main_user, absence, lasts):
    days = {name: TODAY + timedelta(days=days) for name, days in absence.items()}
    staff(Role.MAIN_USER, **days)
    with nullcontext() if lasts else pytest.raises(LastMainUser):
        close(member=main_user.staff_member, seen=None, by=SYSTEM, today=TODAY)


def session_is_alive(client):
    return client.get(reverse("wagtailadmin_home")).status_code == 200


def test_a_suspension_ends_the_running_session_and_the_login_returns_by_itself(main_user, client):
    today = timezone.localdate()
    member = staff(Role.COUNSELLOR).staff_member
    client.force_login(member.user)
    assert session_is_alive(client)

    suspend(member=member, seen=None, start=today, until=today, by=main_user, today=today)
    assert not session_is_alive(client)

    yesterday = today - timedelta(days=1)
    suspend(member=member, seen=None, start=yesterday, until=yesterday, by=main_user, today=today)
    client.force_login(member.user)
    assert session_is_alive(client)


def test_closing_ends_the_running_session_for_good(main_user, client):
    member = staff(Role.COUNSELLOR).staff_member
    client.force_login(member.user)

    closed = close(member=member, seen=None, by=main_user, today=timezone.localdate())

    assert not session_is_alive(client)
    assert closed.is_suspended(timezone.localdate() + timedelta(days=5000))


def test_a_suspension_cannot_end_before_it_starts(main_user):
    member = staff(Role.COUNSELLOR).staff_member
    with pytest.raises(ValidationError):
        suspend(
            member=member,
            start=TODAY,
            until=TODAY - timedelta(days=1),
            seen=None,
            by=main_user,
            today=TODAY,
        )


@pytest.mark.parametrize("trusted", [timedelta(days=-30), timedelta(days=30)])
def test_while_the_day_is_in_doubt_nobody_is_closed_and_anybody_suspended(main_user, trusted):
    """From a day that is wrong the login would return, or the record be erased too early (O8)."""
    day = clock.today()
    Heartbeat.objects.create(beat_at=timezone.now(), trusted_on=day + trusted)
    member = StaffMemberFactory()
    asked = {"member": member, "seen": None, "by": main_user, "today": day}
    with pytest.raises(ValidationError, match="vahvistanut"):
        close(**asked)
    assert suspend(**asked, start=day, until=None).is_suspended(day)
    Heartbeat.objects.update(trusted_on=day)
    assert close(**asked).is_closed(day)
