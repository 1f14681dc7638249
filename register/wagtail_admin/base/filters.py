"""Filters of a list: named choices, never ORM lookups from the address bar."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from register.wagtail_admin.base.details import verbose_name

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


def by_field(model: type[Model], name: str) -> Filter:
    """Return a filter on the equality of one field with one of its choices."""
    choices: list[Choice] = model._meta.get_field(name).flatchoices  # type: ignore[union-attr]
    return Filter(
        parameter=name,
        label=verbose_name(model, name),
        choices=choices,
        apply=lambda rows, value: rows.filter(**{name: value}),
    )
