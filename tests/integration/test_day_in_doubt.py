"""R14, from end to end: a clock that jumped, a machine that was off, and one answer of a person."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ

from register.domain.operations.conditions import findings
from register.domain.operations.finding import Level
from register.inventory.vocabulary import Purpose
from register.models import (
    AccessLogEntry,
    Client,
    ErasureList,
    Feedback,
    PublishedYear,
    RetentionRun,
    ServiceOrder,
)
from register.models.access_log import Action
from register.models.staff import Role
from register.tasks import entry
from tests.factories import BookkeepingRowFactory, ProcessorFactory, ServiceOrderFactory, staff
from tests.forms import open_form

pytestmark = pytest.mark.django_db
DAY = reverse("register_day")
HOME = "/admin/"


def helsinki(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+02:00")


@pytest.fixture
def main_user():
    return staff(Role.MAIN_USER)


@pytest.fixture
def move(set_clock, client, main_user):
    """A function that sets the clock and logs the main user in: sessions end meanwhile."""

    def move_to(text: str) -> None:
        set_clock(helsinki(text))
        client.force_login(main_user)

    return move_to


@pytest.fixture
def clients():
    """Some whose service ended in 2026, and what else a run erases."""
    ProcessorFactory()
    for _ in range(3):
        ServiceOrderFactory(starts_on=date(2026, 1, 2), planned_end=date(2026, 6, 15), price=0)
    Feedback.objects.create(received_on=date(2026, 5, 1), answers="[]")
    BookkeepingRowFactory(keep_until=date(2026, 12, 31))


def nothing_is_erased() -> bool:
    everything = (Client.objects.count(), ServiceOrder.objects.count(), Feedback.objects.count())
    return everything == (3, 3, 1)


def answer(client, value: str):
    return open_form(client, DAY, ".register-confirm form").send(client, answer=value)


def drained() -> list[str]:
    """The queued tasks, which are taken from the queue and done here, as a worker would."""
    done = []
    while message := OrmQ.objects.order_by("pk").first():
        done.append(message.func().removeprefix("register.tasks.entry."))
        message.delete()
        getattr(entry, done[-1])()
    return done


def test_a_machine_that_was_off_for_two_weeks_needs_one_confirmation_and_no_more(
    client, main_user, clients, move, mails
):
    move("2026-12-28T09:00")
    entry.beat()
    entry.apply_retention()

    move("2027-01-11T09:00")
    entry.beat()
    for task in (entry.apply_retention, entry.publish_statistics, entry.export_billing):
        assert task() == {"waits": 1}
    assert entry.freeze_forecast() == {"mails": 0}
    assert nothing_is_erased()
    run = RetentionRun.objects.get(today=date(2027, 1, 11))
    assert (run.waits, run.passes, run.steps_failed, run.finished_at) == (True, 0, 0, None)
    found = findings(now=timezone.now())
    assert (found["clock"].level, found["retention_age"].level) == (Level.WRONG, Level.WRONG)
    assert "odottaa" in found["retention_age"].told
    assert found["failed_tasks"].level is Level.WELL
    assert DAY in client.get(HOME).content.decode()

    answer(client, "right")
    assert drained() == ["apply_retention", "publish_statistics", "export_billing"]

    # No forecast was frozen while it was off: one is, and holds 24 hours later.
    assert nothing_is_erased()
    assert DAY not in client.get(HOME).content.decode()
    frozen = ErasureList.objects.get()
    assert frozen.erases_at == helsinki("2027-01-12T09:00")
    assert [mail["To"] for mail in mails] == [main_user.email]

    for moment in ("2027-01-11T20:00", "2027-01-12T08:59"):
        move(moment)
        entry.beat()
        assert entry.go_on_with_retention()["runs"] == 0
        entry.apply_retention()
        assert nothing_is_erased()

    move("2027-01-12T09:30")
    entry.beat()
    assert entry.go_on_with_retention()["runs"] == 1
    assert drained() == ["apply_retention"]
    assert not Client.objects.exists()
    assert not Feedback.objects.exists()
    assert entry.go_on_with_retention()["runs"] == 0
    assert AccessLogEntry.objects.filter(action=Action.CONFIRM).count() == 1
    assert len(mails) == 1


def test_a_clock_400_days_ahead_erases_nobody(client, main_user, clients, move):
    move("2026-11-26T09:00")
    entry.beat()
    move("2027-12-31T20:05")
    waiting = (
        entry.apply_retention,
        entry.freeze_forecast,
        entry.tell_remainder,
        entry.erase_outlived,
    )
    for task in waiting:
        assert task() == {"waits": 1}
    move("2028-01-01T00:05")
    assert entry.apply_retention() == {"waits": 1}
    assert nothing_is_erased()
    assert not ErasureList.objects.exists()

    assert "Kirjattu" in client.get(answer(client, "wrong")["Location"]).content.decode()
    assert OrmQ.objects.count() == 0
    assert entry.apply_retention() == {"waits": 1}
    assert AccessLogEntry.objects.get(action=Action.DENY).actor == main_user.pk

    # The administrator corrects it. What the log holds of a time to come is asked about once.
    AccessLogEntry.objects.create(
        at=timezone.now(), action=Action.VIEW, purpose=Purpose.RIGHTS, model=Client._meta.label
    )
    move("2026-11-26T10:00")
    entry.beat()
    assert entry.apply_retention() == {"waits": 1}
    answer(client, "right")
    assert "apply_retention" in drained()
    assert findings(now=timezone.now())["clock"].level is Level.WELL
    assert nothing_is_erased()


def test_even_confirmed_by_mistake_it_erases_nobody_at_once(client, main_user, clients, move):
    move("2026-11-26T09:00")
    entry.beat()
    move("2028-01-01T00:05")
    answer(client, "right")
    drained()
    assert nothing_is_erased()
    assert ErasureList.objects.get().clients == 3
    assert "3" in client.get(HOME).content.decode()


def test_over_new_year_the_forecast_of_the_evening_is_gone_by(clients, set_clock, mails):
    staff(Role.DATA_PROTECTION)
    for moment in ("2026-12-30T20:05", "2026-12-31T20:05"):
        set_clock(helsinki(moment))
        entry.beat()
        entry.freeze_forecast()
    assert len(mails) == 1
    set_clock(helsinki("2027-01-01T00:05"))
    ServiceOrderFactory(starts_on=date(2026, 1, 2), planned_end=date(2026, 6, 15), price=0)
    assert entry.apply_retention() == {"clients": 3, "orders": 3}
    assert Client.objects.count() == 1
    assert len(mails) == 2

    # Confirmed by nobody, it is erased on the last day all the same.
    for day in (6, 12, 18, 24, 30):
        set_clock(helsinki(f"2027-01-{day:02}T00:05"))
        entry.beat()
        assert entry.apply_retention() == {"clients": 0, "orders": 0}
    assert findings(now=timezone.now())["to_be_erased"].level is Level.WARNING
    set_clock(helsinki("2027-01-31T00:05"))
    entry.beat()
    assert entry.apply_retention() == {"clients": 1, "orders": 1}
    assert not PublishedYear.objects.exists()
    assert findings(now=timezone.now())["to_be_erased"].level is Level.WELL


def test_two_who_answer_at_once_answer_once(client, main_user, clients, move):
    move("2026-12-01T09:00")
    entry.beat()
    move("2026-12-20T09:00")
    form = open_form(client, DAY, ".register-confirm form")
    answer(client, "right")
    told = client.get(form.send(client, answer="wrong")["Location"], follow=True)
    assert "muuttui välillä" in told.content.decode()
    assert not AccessLogEntry.objects.filter(action=Action.DENY).exists()


def test_the_next_day_is_another_answer(client, main_user, clients, move):
    move("2026-12-01T09:00")
    entry.beat()
    move("2026-12-20T23:59")
    form = open_form(client, DAY, ".register-confirm form")
    move("2026-12-21T00:01")
    form.send(client, answer="right")
    assert not AccessLogEntry.objects.filter(action=Action.CONFIRM).exists()
    assert findings(now=timezone.now())["clock"].level is Level.WRONG
