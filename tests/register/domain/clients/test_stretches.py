"""Days between days: what is wanted is covered once, and nothing else is."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from register.domain.clients.stretches import Stretch, after, gaps, within

START = date(2027, 3, 1)
DAYS = [START + timedelta(days=n) for n in range(12)]
SOME = st.sampled_from(DAYS[:9])
STRETCHES = st.tuples(SOME, st.none() | SOME).map(
    lambda pair: Stretch(min(pair), max(pair)) if pair[1] else Stretch(*pair)
)


def days(stretch):
    """The days of a stretch among those looked at; one that never ends has the last of them."""
    if stretch is None:
        return set()
    return {day for day in DAYS if stretch.first <= day and day <= (stretch.last or day)}


@given(STRETCHES, STRETCHES)
def test_within_has_what_both_have(one, other):
    assert days(within(one, other)) == days(one) & days(other)


@given(STRETCHES, STRETCHES)
def test_after_has_what_comes_later(one, other):
    last = other.last or DAYS[-1]
    assert days(after(one, other)) == {day for day in days(one) if day > last}


@given(STRETCHES, st.lists(STRETCHES, max_size=4))
def test_gaps_fill_what_nobody_covers_and_meet_nowhere(wanted, taken):
    found = gaps(wanted, taken)
    covered = set().union(*map(days, taken))
    assert sorted(day for gap in found for day in days(gap)) == sorted(days(wanted) - covered)
