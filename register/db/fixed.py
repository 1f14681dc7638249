"""Values that are fixed from some moment on: whoever writes, and by whichever statement.

A model names its fields and the state in which each is fixed,

    fixed_when = {"price": Q(bookkeeping_row__isnull=False)}

and has its QuerySet from here. `save`, `update` and `bulk_update` then refuse another value, and
`delete` a row that holds one. The comparison is the database's own, so that an expression is no
way around it. Erasure deletes in its own way (`register.domain.erasure`).
"""

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django.db import models
from django.db.models import F, Q, QuerySet

from register.exceptions import Fixed

M = TypeVar("M", bound=models.Model)


class FixingQuerySet(QuerySet[M]):
    """Rows whose fixed values no UPDATE changes. Raises Fixed."""

    def update(self, **values: Any) -> int:
        refuse_fixed(self, values)
        return super().update(**values)

    def delete(self) -> tuple[int, dict[str, int]]:
        refuse_to_delete(self)
        return super().delete()


class Fixing(models.Model):
    """A row of which some values are fixed. Saving another one raises Fixed.

    Attributes:
        fixed_when: the state in which a field is fixed, by the field's name.
        may_be_emptied: fixed fields that erasure may empty all the same.
    """

    fixed_when: ClassVar[Mapping[str, Q]] = {}
    may_be_emptied: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def fixed_and_changed(self) -> list[str]:
        """Return the names of the fixed fields that differ from the database."""
        if self._state.adding:
            return []
        rows = type(self)._base_manager.filter(pk=self.pk)
        values = {name: getattr(self, self._column(name)) for name in self.fixed_when}
        return [name for name in values if _would_change(rows, {name: values[name]})]

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        refuse_to_delete(type(self)._base_manager.filter(pk=self.pk))
        return super().delete(*args, **kwargs)

    def _column(self, name: str) -> str:
        return str(self._meta.get_field(name).attname)  # type: ignore[union-attr]

    def _do_update(
        self,
        base_qs: QuerySet[Any],
        using: str | None,
        pk_val: Any,
        values: Any,
        *rest: Any,
    ) -> Any:
        refuse_fixed(base_qs.filter(pk=pk_val), {field.name: value for field, _, value in values})
        return super()._do_update(base_qs, using, pk_val, values, *rest)


def refuse_fixed(rows: QuerySet[Any], values: Mapping[str, Any]) -> None:
    """Raise Fixed when one of the rows would get another value where its own is fixed."""
    if _would_change(rows, values):
        raise Fixed(f"{rows.model._meta.label}: a value is fixed that was to be changed.")


def refuse_to_delete(rows: QuerySet[Any]) -> None:
    """Raise Fixed when one of the rows holds a fixed value."""
    fixed = list(rows.model.fixed_when.values())
    # An empty condition holds always.
    if (Q() in fixed and rows.exists()) or rows.filter(Q(*fixed, _connector=Q.OR)).exists():
        raise Fixed(f"{rows.model._meta.label}: a row is fixed that was to be deleted.")


def _would_change(rows: QuerySet[Any], values: Mapping[str, Any]) -> bool:
    changed = Q()
    for name, fixed in rows.model.fixed_when.items():
        written = name if name in values else f"{name}_id"
        if written not in values:
            continue
        value = values[written]
        if name in rows.model.may_be_emptied and value in (None, ""):
            continue
        if hasattr(value, "resolve_expression"):
            # As `bulk_update` writes it. What it comes to may be nothing.
            rows = rows.alias(**{f"new_{name}": value})
            value = F(f"new_{name}")
            emptied = Q(**{f"{name}__isnull": False, f"new_{name}__isnull": True})
            filled = Q(**{f"{name}__isnull": True, f"new_{name}__isnull": False})
            changed |= fixed & (emptied | filled)
        changed |= fixed & ~Q(**{name: value})
    return bool(changed) and rows.filter(changed).exists()
