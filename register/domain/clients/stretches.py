"""Stretches of days: what of one lies in another, and what of it nothing covers yet."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

DAY = timedelta(days=1)


class Stretch(NamedTuple):
    """Days from `first` to `last`, both included; without a last one it never ends."""

    first: date
    last: date | None


def within(one: Stretch, other: Stretch) -> Stretch | None:
    """Return the days that both have; None when they have none."""
    lasts = [last for last in (one.last, other.last) if last is not None]
    common = Stretch(max(one.first, other.first), min(lasts, default=None))
    return None if _is_empty(common) else common


def after(one: Stretch, other: Stretch) -> Stretch | None:
    """Return the days of `one` that come after all of `other`; None when there are none."""
    if other.last is None:
        return None
    rest = Stretch(max(one.first, other.last + DAY), one.last)
    return None if _is_empty(rest) else rest


def gaps(wanted: Stretch, taken: Iterable[Stretch]) -> list[Stretch]:
    """Return the parts of `wanted` that none of the taken ones covers, the earliest first."""
    rest: Stretch | None = wanted
    found = []
    for one in sorted(taken, key=lambda each: each.first):
        if rest is None or within(rest, one) is None:
            continue
        before = Stretch(rest.first, one.first - DAY)
        if not _is_empty(before):
            found.append(before)
        rest = after(rest, one)
    return [*found, rest] if rest is not None else found


def _is_empty(stretch: Stretch) -> bool:
    return stretch.last is not None and stretch.last < stretch.first
