"""The version of a row, which tells whether somebody changed it since it was looked at.

It is raised by the statement that compares it, so that of two who save the same version one
is refused, and by bulk statements too: whatever changes a row makes an older page stale.
"""

from typing import Any, TypeVar

from django.db import models
from django.db.models import F

from register.db.keys import refuse_to_leave_behind
from register.exceptions import Stale

M = TypeVar("M", bound=models.Model)


class VersionedQuerySet(models.QuerySet[M]):
    """Rows whose version is raised by every UPDATE, which leaves no derived key behind."""

    def update(self, **values: Any) -> int:
        refuse_to_leave_behind(self.model, values)
        return super().update(**{"version": F("version") + 1, **values})


class Versioned(models.Model):
    """A row that knows how often it was changed. A check sees to its VersionedQuerySet."""

    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        abstract = True

    def _do_update(
        self,
        base_qs: models.QuerySet[Any],
        using: str | None,
        pk_val: Any,
        values: Any,
        *rest: Any,
    ) -> Any:
        """Save over the version that was read, and no other. Raises Stale."""
        if self._state.adding:
            return super()._do_update(base_qs, using, pk_val, values, *rest)
        field = self._meta.get_field("version")
        raised = [
            *(value for value in values if value[0] is not field),
            (field, None, self.version + 1),
        ]
        unchanged = base_qs.filter(version=self.version)
        done = super()._do_update(unchanged, using, pk_val, raised, *rest)
        if not done:
            raise Stale(self._meta.label, self.pk)
        self.version += 1
        return done
