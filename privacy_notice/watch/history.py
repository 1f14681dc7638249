"""What was found on which day, as the report and its picture show it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from privacy_notice.models import PromiseResult
from privacy_notice.models.states import State


@dataclass(frozen=True, slots=True)
class Day:
    """How many promises were in which state on a day."""

    day: date
    counts: dict[State, int]


def latest() -> dict[str, PromiseResult]:
    """Return the last result of each promise, by clause; nothing when none was ever looked at."""
    newest = PromiseResult.objects.order_by("-day").values_list("day", flat=True).first()
    return {row.clause: row for row in PromiseResult.objects.filter(day=newest)} if newest else {}


def checked_at() -> datetime | None:
    """Return when the promises were looked at last."""
    rows = PromiseResult.objects.order_by("-day", "-checked_at")
    return rows.values_list("checked_at", flat=True).first()


def since() -> dict[str, date]:
    """Return for each promise since which day it is as it is now, as far as results are kept."""
    found: dict[str, date] = {}
    state: dict[str, str] = {}
    over: set[str] = set()
    rows = PromiseResult.objects.order_by("-day").values_list("clause", "day", "state")
    for clause, day, then in rows.iterator():
        if clause in over:
            continue
        if state.setdefault(clause, then) != then:
            over.add(clause)
        else:
            found[clause] = day
    return found


def days(*, last: int) -> list[Day]:
    """Return the counts of the last days on which something was looked at, the oldest first."""
    newest = PromiseResult.objects.order_by("-day").values_list("day", flat=True).distinct()
    wanted = sorted(newest[:last])
    counted: dict[date, Counter[State]] = {day: Counter() for day in wanted}
    rows = PromiseResult.objects.filter(day__in=wanted).values_list("day", "state")
    for day, state in rows:
        counted[day][State(state)] += 1
    return [Day(day, {state: counts[state] for state in State}) for day, counts in counted.items()]
