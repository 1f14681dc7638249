"""C44–C46: each is kept, and broken by what is left, by the engine, or by the words of the page."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from privacy_notice.facts import periods
from privacy_notice.promises.looking import Look
from privacy_notice.promises.overdue import left
from privacy_notice.promises.registry import promises
from privacy_notice.watch.verifying import look_at
from register.domain.billing import bookkeeping
from register.domain.erasure import engine
from register.domain.operations.backups import kept
from register.inventory import WithUnit, inventory
from register.inventory.vocabulary import Category, ErasureUnit
from register.models import (
    BookkeepingRow,
    Client,
    ErasureList,
    ListedUnit,
    Note,
    RetentionRun,
    ServiceOrder,
    Statistic,
)
from register.models.retention import ListKind
from tests.factories import (
    BookkeepingRowFactory,
    ClientFactory,
    HoldFactory,
    NoteFactory,
    ServiceOrderFactory,
)
from tests.privacy_notice.promises.world import cases, is_broken_by, named, sql

JUNE, FEBRUARY = date(2025, 6, 1), date(2026, 2, 1)


def ended(day, **more):
    return ServiceOrderFactory(
        starts_on=day - timedelta(days=90), planned_end=day, actual_end=day, price=0, **more
    )


def an_order_of_two_years_ago(world):
    ended(date(world.today.year - 2, 6, 1))


def a_client_without_orders(world):
    ClientFactory(created_on=date(world.today.year - 2, 6, 1))


def an_engine_that_stands_still(world):
    RetentionRun.objects.update(finished_at=timezone.localtime() - timedelta(days=2))


def a_backup_of_long_ago(world):
    folder = Path(world.settings.REGISTER["PRIVATE_DIR"]).parent / "backups"
    folder.mkdir()
    (folder / kept.name(timezone.localtime() - timedelta(days=31))).write_bytes(b"")
    world.let_in(BACKUP_DIR=str(folder))


def an_outlived_voucher(world):
    BookkeepingRowFactory(keep_until=world.today - timedelta(days=1), email="")


def an_address_left_behind(world):
    BookkeepingRowFactory(batch=world.batch)


def without_the_times(world):
    world.without_part("retention")


def vouchers_that_end_with_the_order(world):
    """Engine and words change together: then nothing stays for bookkeeping."""
    found = inventory["register.BookkeepingRow"]
    ends = WithUnit(ErasureUnit.ORDER, "order")
    world.monkeypatch.setitem(
        inventory._declarations, found.model, replace(found, ends=ends, client_path="order__client")
    )
    world.publish()


def words_of_another_day(*names):
    """The page says of a category what it said before the engine was changed."""

    def change(world):
        real = periods.period
        first, second = (real(name) for name in names)
        world.monkeypatch.setattr(
            periods, "period", lambda of: {names[0]: second, names[1]: first}.get(of) or real(of)
        )
        world.publish()

    change.__name__ = "-".join(names)
    return change


def an_engine_that_forgets_notes(world):
    """Notes are left, cut loose from their order."""
    real = engine._delete

    def forgetful(rows):
        return 0 if rows.model is Note else real(rows)

    world.monkeypatch.setattr(engine, "_delete", forgetful)
    world.monkeypatch.setattr(
        engine, "in_order_of_deletion", lambda unit: [Note] if unit == "order" else []
    )


def vouchers_that_stay_attached(world):
    world.monkeypatch.setattr(engine, "_detach_bookkeeping", lambda orders, today: None)
    world.monkeypatch.setattr(engine, "in_order_of_deletion", lambda unit: [])


def a_year_longer(world):
    """The engine keeps a new voucher for a year more than the page says."""
    sql("DELETE FROM register_bookkeepingrow")
    real = bookkeeping.keep_until
    world.monkeypatch.setattr(
        bookkeeping, "keep_until", lambda day: real(day.replace(year=day.year + 1, day=1))
    )


def a_small_number(world):
    Statistic.objects.create(year=world.today.year - 1, service_name="Harvinainen", count=2)


def a_person_in_the_numbers(world):
    sql("ALTER TABLE register_statistic ADD COLUMN client varchar(36)")


def a_year_that_never_came(world):
    sql("UPDATE register_publishedyear SET year = %s", 2001)
    RetentionRun.objects.create(today=date(2002, 2, 1))
    RetentionRun.objects.update(started_at=timezone.localtime() - timedelta(days=800))


BREAKS = {
    "C44": (
        an_order_of_two_years_ago,
        a_client_without_orders,
        an_engine_that_stands_still,
        a_backup_of_long_ago,
    ),
    "C45": (
        an_outlived_voucher,
        an_address_left_behind,
        without_the_times,
        vouchers_that_end_with_the_order,
        words_of_another_day(Category.IDENTITY, Category.BOOKKEEPING),
        words_of_another_day(Category.SERVICE, Category.LOG),
        an_engine_that_forgets_notes,
        vouchers_that_stay_attached,
        a_year_longer,
    ),
    "C46": (a_small_number, a_person_in_the_numbers, a_year_that_never_came),
}


@pytest.mark.parametrize(("clause", "breaking"), cases(BREAKS), ids=named)
def test_it_is_broken_when_what_it_stands_on_is(world, clause, breaking):
    is_broken_by(world, clause, breaking)


def test_the_trial_leaves_everything_as_it_was(world):
    """C45."""
    models = (Client, ServiceOrder, Note, BookkeepingRow)
    before = [list(model._base_manager.order_by("pk").values()) for model in models]
    assert world.look("C45").state == "kept"
    assert [list(model._base_manager.order_by("pk").values()) for model in models] == before


def test_years_that_the_owner_changed_change_page_and_engine_alike(world):
    """C45: the words and the engine read one setting; until they are published, the two differ."""
    world.let_in(VOUCHER_YEARS=8)
    sql("DELETE FROM register_bookkeepingrow")
    assert world.look("C45").state == "broken"
    world.publish()
    assert world.look("C45").state == "kept"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("end", "today", "counts"),
    [
        (date(2025, 12, 31), date(2026, 1, 1), (0, 1, 0)),
        (date(2025, 12, 31), date(2026, 1, 30), (0, 1, 0)),
        (date(2025, 12, 31), date(2026, 1, 31), (1, 0, 0)),
        (date(2025, 1, 10), date(2026, 1, 9), (0, 1, 0)),
        (date(2025, 1, 10), date(2026, 1, 10), (1, 0, 0)),
        (JUNE, FEBRUARY, (1, 0, 0)),
        (date(2026, 1, 1), date(2026, 12, 31), (0, 0, 0)),
    ],
)
def test_what_is_late_is_told_from_what_waits(end, today, counts):
    """C44: under a year, and by 31 January."""
    ended(end)
    found = left(today)
    assert (found.late, found.waiting, found.held) == counts


@pytest.mark.django_db
def test_a_hold_keeps_and_a_note_prolongs():
    """C44."""
    HoldFactory(client=ended(JUNE).client, set_on=JUNE, review_on=JUNE)
    prolonged = ServiceOrderFactory(starts_on=date(2025, 1, 1), planned_end=JUNE)
    NoteFactory(order=prolonged, met_on=date(2026, 1, 5))
    assert left(FEBRUARY) == type(left(FEBRUARY))(late=0, waiting=0, held=1)


@pytest.mark.django_db
@pytest.mark.parametrize(("begun_on", "late"), [(date(2026, 6, 9), 0), (date(2026, 6, 8), 1)])
def test_what_stands_on_a_list_for_a_day_is_not_late(begun_on, late):
    """C44: as when an order was corrected to have ended last year."""
    order = ended(JUNE)
    erasure_list = ErasureList.objects.create(
        kind=ListKind.ACT,
        year=2026,
        due_on=date(2026, 6, 10),
        begun_on=begun_on,
        frozen_at=timezone.now(),
        erases_at=timezone.now(),
    )
    ListedUnit.objects.create(key=order.pk, kind="order", erasure_list=erasure_list)
    assert left(date(2026, 6, 10)).late == late


def test_the_day_of_the_look_decides(world):
    """C44: next February it would be late."""
    later = timezone.now().replace(year=world.today.year + 1, month=2, day=2)
    assert look_at(promises()["C44"], Look(now=later)).state == "broken"
