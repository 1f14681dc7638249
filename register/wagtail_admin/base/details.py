"""What is shown of an object: words and values come from the model's fields."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst

from register.db.keys import DerivedKey

# What the system keeps of a row for itself.
TECHNICAL = ("id", "version")


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing shown of an object.

    Attributes:
        name: the model's field; another attribute needs a label.
        label: better words than the field's verbose name.
        accessor: gives the value, where it is not the attribute's own.
    """

    name: str
    label: Any = None
    accessor: Callable[[Any], Any] | None = None

    def label_on(self, model: type[Model]) -> Any:
        """Return the label, translated when it is shown; FieldDoesNotExist when it lacks one."""
        return verbose_name(model, self.name) if self.label is None else self.label

    def value_of(self, instance: Any) -> Any:
        return self.accessor(instance) if self.accessor else display(instance, self.name)


def described(instance: Any, details: Sequence[Detail | str]) -> list[tuple[Any, Any]]:
    """Return (label, value) pairs of an object, where a bare name stands for a field.

    The screen writes the values by `words.plain`.
    """
    named = [Detail(detail) if isinstance(detail, str) else detail for detail in details]
    return [(detail.label_on(type(instance)), detail.value_of(instance)) for detail in named]


def field_names(model: type[Model], *, without: Container[str] = ()) -> tuple[str, ...]:
    """Return the names of the model's fields but its number, version and keys, and those named."""
    return tuple(
        field.name
        for field in model._meta.fields
        if field.name not in TECHNICAL
        and field.name not in without
        and not isinstance(field, DerivedKey)
    )


def verbose_name(model: type[Model], name: str) -> Any:
    """Return a field's name as a person reads it."""
    return capfirst(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def display(instance: Any, name: str) -> Any:
    """Return an attribute's value as a person reads it."""
    getter = getattr(instance, f"get_{name}_display", None)
    return getter() if getter is not None else getattr(instance, name)
