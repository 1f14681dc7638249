"""Keys that are derived from a row's own columns, to search and to order by.

The database compares them byte by byte: with PostgreSQL's collation "C", whatever the database's
own locale is, and with SQLite's usual one, which has no other name. So both find and order the
same. Whoever saves a row fills its keys; a statement that would change what they are derived
from, and leave them behind, is refused.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Replace
from django.db.models.lookups import Contains

from register.text.folding import for_order, for_search
from register.text.login_names import login_key
from register.text.person_names import LONGEST_KEY
from register.text.searching import wanted

NOWHERE = Q(pk__in=[])


class DerivedKey(models.Field):  # type: ignore[type-arg]
    """A column whose value follows from others.

    Args:
        derive: returns the key of a row; migrations know none, and leave the key as it is.
        sources: names of the columns it is derived from.
    """

    fold: Callable[[str], str]

    def __init__(
        self,
        derive: Callable[[Any], str] | None = None,
        *,
        sources: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        self.derive, self.sources = derive, tuple(sources)
        super().__init__(**{"editable": False, "blank": True, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for implied in ("editable", "blank", "default"):
            kwargs.pop(implied, None)
        return name, path, args, kwargs

    def of(self, row: models.Model) -> str:
        """Return what the row's key is to be."""
        key: str = self.derive(row) if self.derive else getattr(row, self.attname)
        return key

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        key = self.of(model_instance)
        setattr(model_instance, self.attname, key)
        return key

    def db_parameters(self, connection: Any) -> Any:
        parameters: dict[str, Any] = {**super().db_parameters(connection)}
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class SearchKey(DerivedKey, models.TextField):  # type: ignore[type-arg]
    """Words to be found, as `for_search` folds them."""

    fold = staticmethod(for_search)


class SortKey(DerivedKey, models.CharField):  # type: ignore[type-arg]
    """What rows are ordered by, as `for_order` folds it."""

    fold = staticmethod(for_order)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": LONGEST_KEY, **kwargs})


class LoginKey(DerivedKey, models.CharField):  # type: ignore[type-arg]
    """What log-in names are compared by."""

    fold = staticmethod(login_key)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": LONGEST_KEY, **kwargs})


class Keyed(models.Model):
    """A row that fills its keys when it is checked and when it is saved."""

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields is not None:
            update_fields = {*update_fields, *(field.name for field in keys_of(type(self)))}
        super().save(*args, update_fields=update_fields, **kwargs)

    def clean_fields(self, exclude: Any = None) -> None:
        super().clean_fields(exclude=exclude)
        for field in keys_of(type(self)):
            setattr(self, field.attname, field.of(self))


def keys_of(model: type[models.Model]) -> list[DerivedKey]:
    """Return the model's derived keys."""
    return [field for field in model._meta.concrete_fields if isinstance(field, DerivedKey)]


def refuse_to_leave_behind(model: type[models.Model], values: Mapping[str, Any]) -> None:
    """Raise TypeError for an UPDATE of what a key is derived from: rows are then saved one by one.

    A statement that writes the keys as well is trusted.
    """
    for field in keys_of(model):
        if field.name not in values and not values.keys().isdisjoint(field.sources):
            raise TypeError(f"{model._meta.label}.{field.name} would be left behind.")


def order_of(model: type[models.Model], name: str) -> str:
    """Return the column that rows are ordered by when they are to be ordered by `name`."""
    minus = "-" if name.startswith("-") else ""
    for field in keys_of(model):
        if isinstance(field, SortKey) and name.removeprefix("-") in field.sources:
            return f"{minus}{field.name}"
    return name


def found(
    model: type[models.Model],
    query: str,
    *,
    keys: Sequence[str],
    numbers: Sequence[str] = (),
) -> Q:
    """Return the condition that each word of the query is in one of the columns.

    Nothing is found by what has no letter and no digit; beside a word it is passed over.

    Args:
        keys: lookups of derived keys, or of columns that are in lower case by themselves.
        numbers: lookups of register numbers, as they are stored.
    """
    words = [word for word in wanted(query) if word.readings(for_search)]
    condition = Q() if words else NOWHERE
    for word in words:
        places = NOWHERE
        for lookup in keys:
            for parts in word.readings(fold_of(model, lookup)):
                places |= Q(*((f"{lookup}__contains", part) for part in parts))
        for lookup in numbers:
            for symbols in word.symbols:
                places |= Q(Contains(Replace(F(lookup), Value("-"), Value("")), symbols))
        condition &= places
    return condition


def fold_of(model: type[models.Model], lookup: str) -> Callable[[str], str]:
    """Return how the column at the end of the lookup is folded."""
    *path, name = lookup.split("__")
    for step in path:
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]
    field = model._meta.get_field(name)
    return field.fold if isinstance(field, DerivedKey) else for_search
