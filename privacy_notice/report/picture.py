"""The past of the promises as a small picture: a bar a day, in it a part for each state."""

from dataclasses import dataclass

from privacy_notice.models.states import State
from privacy_notice.watch.history import Day

DAYS = 90
# Of the drawing, in its own units.
WIDTH, HEIGHT, GAP = 720, 120, 1
# From the bottom to the top: what is well carries what is not.
ORDER = (State.KEPT, State.BY_HAND, State.NOT_YET, State.BROKEN)


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle of the drawing."""

    state: State
    x: float
    y: float
    width: float
    height: float


def parts(days: list[Day]) -> list[Part]:
    """Return the rectangles for the days, the oldest on the left; none where nothing is known."""
    found: list[Part] = []
    # Few days fill no whole width: a bar is as wide as one of ninety, up to four times.
    width = min(WIDTH / max(len(days), 1), 4 * WIDTH / DAYS)
    for place, day in enumerate(days):
        total = sum(day.counts.values())
        y = float(HEIGHT)
        for state in ORDER:
            height = HEIGHT * day.counts[state] / total if total else 0
            if height:
                y -= height
                part = Part(state, place * width, y, max(width - GAP, 1), height)
                found.append(part)
    return [
        Part(each.state, *(round(n, 2) for n in (each.x, each.y, each.width, each.height)))
        for each in found
    ]
