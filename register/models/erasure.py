"""What remains of an erasure: opaque keys and dates (C44, R15)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from register.inventory.vocabulary import ErasureUnit


class Erasure(models.Model):
    """One act of erasure; its records are copied to the ledger together."""

    act = models.UUIDField(_("act"), default=uuid.uuid4, editable=False)
    erased_on = models.DateField(_("erased on"))
    in_ledger = models.BooleanField(_("in the ledger"), default=False)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["id"], condition=Q(in_ledger=False), name="erasure_not_in_ledger"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class ErasureRecord(models.Model):
    """One erased client or order: an opaque id, and through its erasure a date, no more.

    The ledger outside the database names it too, which a restored backup can't take back.
    """

    erased_id = models.UUIDField(_("erased"), primary_key=True, editable=False)
    unit = models.CharField(_("unit"), max_length=10, choices=ErasureUnit)
    # No constraint: PostgreSQL would check it for each of a night's many records.
    erasure = models.ForeignKey(
        Erasure,
        on_delete=models.PROTECT,
        related_name="records",
        db_constraint=False,
        verbose_name=_("erasure"),
    )

    class Meta:
        verbose_name = _("erasure record")
        verbose_name_plural = _("erasure records")
        ordering = ["erasure", "erased_id"]

    def __str__(self) -> str:
        return f"{self.erased_id}"
