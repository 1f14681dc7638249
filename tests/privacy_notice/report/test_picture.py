"""The picture of the past: its bars fill the drawing, whatever the days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from privacy_notice.models.states import State
from privacy_notice.report.picture import HEIGHT, WIDTH, parts
from privacy_notice.watch.history import Day

counts = st.fixed_dictionaries({state: st.integers(0, 55) for state in State})


def days(found):
    return [Day(date(2026, 1, 1) + timedelta(days=n), each) for n, each in enumerate(found)]


def test_nothing_known_is_nothing_drawn():
    assert parts([]) == []


@given(st.lists(counts, max_size=90))
def test_each_bar_is_as_high_as_the_drawing_and_none_leaves_it(found):
    drawn = parts(days(found))
    bars = {}
    for part in drawn:
        assert part.x >= 0
        assert part.x + part.width <= WIDTH + 0.01
        assert part.y >= -0.05
        assert part.y + part.height <= HEIGHT + 0.05
        bars.setdefault(part.x, []).append(part)
    assert len(bars) == sum(any(each.values()) for each in found)
    for those in bars.values():
        assert abs(sum(part.height for part in those) - HEIGHT) < 0.1


def test_what_is_broken_stands_on_top():
    drawn = parts(days([{State.KEPT: 1, State.BROKEN: 1, State.NOT_YET: 0, State.BY_HAND: 0}]))
    assert [(part.state, part.y) for part in drawn] == [
        (State.KEPT, HEIGHT / 2),
        (State.BROKEN, 0),
    ]
