"""C46: a year's counts appear once, small cells merged, and lead to nobody."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.domain import statistics
from register.domain.retention import runs
from register.models import PublishedYear, ServiceOrder, Statistic, StatisticTally
from tests.factories import HoldFactory, OfficeFactory, ServiceFactory, ServiceOrderFactory, run_on


@pytest.mark.parametrize(
    ("cells", "shown", "other"),
    [
        ({}, {}, 0),
        ({"a": 5}, {"a": 5}, 0),
        ({"a": 4}, {}, 0),
        ({"a": 4, "b": 1}, {}, 5),
        ({"a": 2, "b": 1}, {}, 0),
        ({"a": 9, "b": 7, "c": 1}, {"a": 9}, 8),
        ({"a": 9, "b": 1, "c": 1, "d": 1, "e": 1}, {}, 13),
        ({"a": 9, "b": 8, "c": 1, "d": 1}, {"a": 9}, 10),
        ({"a": 7, "b": 7, "c": 4}, {"b": 7}, 11),
    ],
)
def test_small_cells_are_merged(cells, shown, other):
    named = {(name,): count for name, count in cells.items()}
    assert statistics.merge_small(named) == ({(k,): v for k, v in shown.items()}, other)


@given(st.dictionaries(st.tuples(st.text(max_size=2)), st.integers(1, 12), max_size=8))
def test_no_small_count_ever_shows_and_nothing_is_invented(cells):
    shown, other = statistics.merge_small(cells)
    assert all(count >= 5 and cells[cell] == count for cell, count in shown.items())
    if other:
        merged = [count for cell, count in cells.items() if cell not in shown]
        assert other == sum(merged) >= 5
        assert len(merged) >= 2
    if any(count < 5 for count in cells.values()):
        # All of it, or nothing when it can't be hidden.
        assert other or not shown
    else:
        assert shown == cells


@pytest.fixture
def orders(db):
    """Seven orders of one cell, five of another, one of a third."""
    service, office = ServiceFactory(name="Uraohjaus"), OfficeFactory(name="Vantaa")
    return [
        ServiceOrderFactory(
            service=service,
            office=office,
            manner=manner,
            planned_end=date(2026, 6, 1),
            price=0,
        )
        for manner, count in (("in_person", 7), ("remote", 5), ("mixed", 1))
        for _ in range(count)
    ]


def published() -> set:
    return set(Statistic.objects.values_list("year", "service_name", "manner", "count"))


EXPECTED = {(2026, "Uraohjaus", "in_person", 7), (2026, "", "", 6)}


def test_a_year_appears_on_the_first_of_february_and_not_before(orders):
    run_on(date(2027, 1, 1))
    run_on(date(2027, 1, 31))
    assert not ServiceOrder.objects.exists()
    assert published() == set()

    run_on(date(2027, 2, 1))
    assert published() == EXPECTED
    assert not StatisticTally.objects.exists()


def test_a_missed_day_is_caught_up(orders):
    run_on(date(2027, 1, 1))
    run_on(date(2027, 9, 9))
    assert published() == EXPECTED


def test_whoever_is_still_here_on_hold_is_counted_once_and_never_again(orders):
    hold = HoldFactory(client=orders[0].client)
    run_on(date(2027, 1, 1))
    run_on(date(2027, 2, 1))
    assert ServiceOrder.objects.count() == 1
    assert published() == EXPECTED

    hold.released_on = date(2027, 3, 1)
    hold.save()
    run_on(date(2027, 3, 1))
    run_on(date(2028, 2, 1))
    assert not ServiceOrder.objects.exists()
    assert not StatisticTally.objects.exists()
    assert published() == EXPECTED


def test_a_year_too_small_to_show_is_done_all_the_same(db):
    ServiceOrderFactory(planned_end=date(2026, 6, 1), price=0)
    run_on(date(2027, 2, 1))
    assert published() == set()
    assert PublishedYear.objects.get().year == 2026
    assert statistics.publish(today=date(2027, 2, 2)) == 0


def test_tallies_add_up_over_batches(orders, monkeypatch):
    monkeypatch.setattr(runs, "BATCH", 2)
    run_on(date(2027, 1, 1))
    counts = StatisticTally.objects.values_list("manner", "count")
    assert set(counts) == {("in_person", 7), ("remote", 5), ("mixed", 1)}


def test_no_field_leads_to_a_person():
    for model in (Statistic, StatisticTally, PublishedYear):
        related = {field.related_model for field in model._meta.fields if field.is_relation}
        assert {found.__name__ for found in related} <= {"Service", "Office"}
