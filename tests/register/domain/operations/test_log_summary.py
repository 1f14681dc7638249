"""C38: the data protection contact is told each Monday what was unusual, in counts of no person."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from register.domain.access_log import log_ins, reading
from register.domain.operations import log_summary
from register.domain.operations.log_summary import Summary
from register.domain.staff import roles
from register.models import AccessLogEntry, Client, Heartbeat
from register.models.access_log import Action
from register.models.staff import Role
from register.reference.clock import today
from register.tasks import entry
from tests.factories import AssignmentFactory, HoldFactory, StaffHearingFactory, staff

pytestmark = pytest.mark.django_db
MONDAY = today() - timedelta(days=today().weekday())
QUIET = Summary(held=0, failed=0, exports=0, roles=0, nightly=0)


@pytest.fixture
def contact():
    Heartbeat.objects.create(beat_at=timezone.now())
    user = staff(Role.DATA_PROTECTION)
    user.email = "tietosuoja@example.org"
    user.save()
    return user


@pytest.fixture
def heard():
    StaffHearingFactory()


def at(monkeypatch, *, hour, days=3):
    """Let what is written now have happened so many days before the Monday."""
    moment = datetime.combine(MONDAY - timedelta(days=days), datetime.min.time())
    field = AccessLogEntry._meta.get_field("at")
    monkeypatch.setattr(
        field, "_get_default", lambda: timezone.make_aware(moment + timedelta(hours=hour))
    )


def week():
    return log_summary.summary(monday=MONDAY)


def look(user, **how):
    assert reading.read(Client, to=user, today=today(), view="client_inspect", **how)


def test_a_read_of_a_held_client_counts_and_one_of_an_own_client_does_not(contact, monkeypatch):
    at(monkeypatch, hour=12)
    counsellor = staff(Role.COUNSELLOR)
    person = AssignmentFactory(user=counsellor).content_object
    look(counsellor)
    assert week() == QUIET
    HoldFactory(client=person)
    look(contact)
    assert week().held == 1


def test_failed_log_ins_are_summed_up(contact, monkeypatch):
    at(monkeypatch, hour=12)
    for name in (contact.get_username(), "tuntematon", "tuntematon"):
        log_ins.failed(None, {"username": name})
    log_ins.tell_failed(now=timezone.now() + log_ins.COUNTED_FOR)
    assert week().failed == 3


def test_exports_and_changes_of_roles_count(contact, monkeypatch):
    at(monkeypatch, hour=12)
    counsellor = staff(Role.COUNSELLOR)
    AssignmentFactory(user=counsellor)
    look(counsellor, action=Action.EXPORT)
    member = counsellor.staff_member
    roles.set_roles(
        member=member, roles=[Role.BILLING], seen=None, by=staff(Role.MAIN_USER), today=today()
    )
    assert (week().exports, week().roles) == (1, 1)


@pytest.mark.parametrize(
    ("hour", "nightly"), [(0, 1), (5, 1), (6, 0), (12, 0), (21, 0), (22, 1), (23, 1)]
)
def test_what_is_read_at_night_counts_by_the_clock_of_helsinki(monkeypatch, hour, nightly):
    at(monkeypatch, hour=hour)
    counsellor = staff(Role.COUNSELLOR)
    AssignmentFactory(user=counsellor)
    look(counsellor)
    assert week().nightly == nightly


@pytest.mark.parametrize(("days", "nightly"), [(0, 0), (1, 1), (7, 1), (8, 0)])
def test_it_tells_of_the_seven_days_before_the_monday(monkeypatch, days, nightly):
    at(monkeypatch, hour=23, days=days)
    counsellor = staff(Role.COUNSELLOR)
    AssignmentFactory(user=counsellor)
    look(counsellor)
    assert week().nightly == nightly


def test_before_the_staff_were_heard_nobody_is_told(contact, mailoutbox):
    assert entry.tell_of_log() == {"mails": 0}
    assert mailoutbox == []
    assert Heartbeat.objects.get().log_told_on is None


def test_a_quiet_week_is_said_as_such_and_once(contact, heard, mailoutbox):
    assert [entry.tell_of_log() for _time in range(2)] == [{"mails": 1}, {"mails": 0}]
    [mail] = mailoutbox
    assert mail.to == ["tietosuoja@example.org"]
    assert "Hiljainen viikko" in mail.body
    assert "/admin/" in mail.body
    assert Heartbeat.objects.get().log_told_on == MONDAY


def test_every_contact_who_can_log_in_is_told_and_no_main_user(contact, heard, mailoutbox):
    for role, name in ((Role.DATA_PROTECTION, "sijainen"), (Role.MAIN_USER, "paakayttaja")):
        user = staff(role)
        user.email = f"{name}@example.org"
        user.save()
    log_summary.tell(today=MONDAY)
    told = {address for mail in mailoutbox for address in mail.to}
    assert told == {"tietosuoja@example.org", "sijainen@example.org"}


def test_the_counts_name_nobody(contact, heard, mailoutbox, monkeypatch):
    at(monkeypatch, hour=23)
    counsellor = staff(Role.COUNSELLOR)
    person = AssignmentFactory(user=counsellor).content_object
    look(counsellor)
    log_summary.tell(today=MONDAY)
    body = mailoutbox[0].body
    assert "Lukuja kello 22–6: 1" in body
    for known in (counsellor.get_username(), counsellor.last_name, person.register_number):
        assert known not in body


def test_a_monday_that_was_missed_is_made_up_for(contact, heard, mailoutbox):
    assert log_summary.tell(today=MONDAY + timedelta(days=4)) == 1
    assert log_summary.tell(today=MONDAY + timedelta(days=6)) == 0
    assert log_summary.tell(today=MONDAY + timedelta(days=7)) == 1


def test_a_mail_that_cannot_be_sent_is_tried_again(contact, heard, mailoutbox, settings):
    backend, settings.EMAIL_BACKEND = (
        settings.EMAIL_BACKEND,
        "django.core.mail.backends.smtp.EmailBackend",
    )
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1
    assert log_summary.tell(today=MONDAY) == 0
    settings.EMAIL_BACKEND = backend
    assert log_summary.tell(today=MONDAY) == 1
