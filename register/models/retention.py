"""Erasure: what postpones it, its runs, and what they leave behind (C44–C46)."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from register.encryption import Encrypted
from register.enums import ErasedWith, HoldGround


class HoldQuerySet(models.QuerySet["Hold"]):
    def active(self, today: date) -> "HoldQuerySet":
        """Holds that postpone erasure on the day. Whatever is not clearly released counts."""
        return self.filter(Q(released_on=None) | Q(released_on__gt=today))


class Hold(models.Model):
    """A legal hold: it only postpones the client's erasure (DOMAIN 3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(
        "register.Client", on_delete=models.CASCADE, related_name="holds", verbose_name=_("client")
    )
    ground = models.CharField(_("ground"), max_length=20, choices=HoldGround)
    reason_encrypted = models.TextField(editable=False)
    reason = Encrypted()
    set_on = models.DateField(_("set on"), default=timezone.localdate)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("set by"),
    )
    review_on = models.DateField(_("review on"))
    released_on = models.DateField(_("released on"), null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["review_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(review_on__gte=models.F("set_on")),
                name="hold_reviewed_after_set",
                violation_error_message=_("The review can't be before the hold is set."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"[:8]


class RetentionRun(models.Model):
    """One night's run: when, how far, and how many. Counts only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    today = models.DateField(_("date"))
    dry = models.BooleanField(_("dry run"), default=False)
    started_at = models.DateTimeField(_("started at"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)
    cursor = models.UUIDField(_("processed up to"), null=True, blank=True)
    without_orders = models.BooleanField(_("has come to clients without orders"), default=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    one_by_one_until = models.UUIDField(_("processed one by one up to"), null=True, blank=True)
    clients_erased = models.PositiveIntegerField(_("clients erased"), default=0)
    orders_erased = models.PositiveIntegerField(_("orders erased"), default=0)
    clients_held = models.PositiveIntegerField(_("clients on hold"), default=0)
    clients_deferred = models.PositiveIntegerField(_("clients deferred for billing"), default=0)
    clients_failed = models.PositiveIntegerField(_("clients passed over after errors"), default=0)
    feedback_erased = models.PositiveIntegerField(_("feedback erased"), default=0)
    vouchers_erased = models.PositiveIntegerField(_("bookkeeping rows erased"), default=0)
    steps_failed = models.PositiveIntegerField(_("steps failed"), default=0)
    files_removed = models.PositiveIntegerField(_("export files removed"), default=0)

    class Meta:
        verbose_name = _("retention run")
        verbose_name_plural = _("retention runs")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.today}"


class Erasure(models.Model):
    """One act of erasure; its records are copied to the ledger together."""

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

    Written with the erasure, then copied to the ledger outside the database, which a restored
    backup can't take back.
    """

    erased_id = models.UUIDField(_("erased"), primary_key=True, editable=False)
    unit = models.CharField(_("unit"), max_length=10, choices=ErasedWith)
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
