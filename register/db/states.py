"""A row's state, said once: what a query filters by is what a row in hand answers.

Two definitions of one state drift apart: `<` on a card, `<=` in a list. A model says it once,

    is_active = DayState(lambda today: Q(released_on=None) | Q(released_on__gt=today))

and has both: `rows.filter(Hold.is_active.on(today))` and `hold.is_active(today)`. A QuerySet
method of a state's name without "is" or "has", such as `active`, filters by it; a test sees to it.
"""

import operator
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, overload

from django.db.models import Model, Q

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "": operator.eq,
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
    "in": lambda value, among: value in among,
}


class DayState:
    """A state that a row is in on a day: `Hold.is_active.on(today)`, `hold.is_active(today)`."""

    def __init__(self, condition: Callable[[date], Q]) -> None:
        self.on = condition

    @overload
    def __get__(self, row: None, model: type[Model]) -> "DayState": ...
    @overload
    def __get__(self, row: Model, model: type[Model]) -> Callable[[date], bool]: ...
    def __get__(self, row: Model | None, model: type[Model]) -> Any:
        return self if row is None else lambda today: holds(self.on(today), row)

    def __invert__(self) -> "DayState":
        return DayState(lambda today: ~self.on(today))


class MomentState:
    """A state that a row is in at a moment: `ErasureList.is_in_force.on(now)`."""

    def __init__(self, condition: Callable[[datetime], Q]) -> None:
        self.on = condition

    @overload
    def __get__(self, row: None, model: type[Model]) -> "MomentState": ...
    @overload
    def __get__(self, row: Model, model: type[Model]) -> Callable[[datetime], bool]: ...
    def __get__(self, row: Model | None, model: type[Model]) -> Any:
        return self if row is None else lambda now: holds(self.on(now), row)


class State:
    """A state that needs no day: `ExportBatch.is_being_made.condition`, `batch.is_being_made`."""

    def __init__(self, condition: Q) -> None:
        self.condition = condition

    @overload
    def __get__(self, row: None, model: type[Model]) -> "State": ...
    @overload
    def __get__(self, row: Model, model: type[Model]) -> bool: ...
    def __get__(self, row: Model | None, model: type[Model]) -> Any:
        return self if row is None else holds(self.condition, row)

    def __invert__(self) -> "State":
        return State(~self.condition)


def holds(condition: Q, row: Model) -> bool:
    """Whether the condition holds for the row in hand, as Django asks the database.

    Args:
        condition: compares the row's own columns with values; other rows are not fetched.

    A comparison with an empty column is false, and its negation true.
    """
    parts: list[Any] = condition.children
    answers = (holds(part, row) if isinstance(part, Q) else _compares(row, *part) for part in parts)
    every_or_any = {Q.AND: all, Q.OR: any}[condition.connector]
    return every_or_any(answers) is not condition.negated


def _compares(row: Model, lookup: str, wanted: Any) -> bool:
    name, _, comparison = lookup.partition("__")
    column: Any = row._meta.get_field(name)
    value = getattr(row, column.attname)
    if value is None or wanted is None:
        return value is wanted and not comparison
    return COMPARISONS[comparison](value, wanted)
