"""Filters of a list: named choices, never ORM lookups from the address bar."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

Choice = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Filter:
    """One row of choices above a list.

    Attributes:
        parameter: the query parameter; a fixed word.
        choices: (value, label) pairs; a value that is not among them changes nothing.
        apply: takes the visible rows and a value, and returns fewer rows.
    """

    parameter: str
    label: Any
    choices: Sequence[Choice]
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]

    def chosen(self, parameters: Any) -> str:
        value = parameters.get(self.parameter, "")
        return value if value in {choice for choice, _ in self.choices} else ""
