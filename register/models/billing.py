"""What leaves for billing, and what bookkeeping keeps of it (C24, C25, C45)."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from register.enums import BatchState


def new_line_reference() -> str:
    """Return an opaque line reference: 80 random bits in hexadecimal."""
    return secrets.token_hex(10)


class ExportBatch(models.Model):
    """One export to the finance provider: a logged disclosure and its file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(
        "register.Processor", on_delete=models.PROTECT, verbose_name=_("recipient")
    )
    state = models.CharField(_("state"), max_length=10, choices=BatchState, default=BatchState.OPEN)
    made_on = models.DateField(_("made on"), default=timezone.localdate)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    row_count = models.PositiveIntegerField(_("rows"), default=0)
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    cursor = models.UUIDField(_("claimed up to"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("export batch")
        verbose_name_plural = _("export batches")
        ordering = ["-made_on", "id"]
        constraints = [
            # Whoever exports at the same moment joins the batch that is being made.
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state=BatchState.OPEN), name="one_open_batch"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"[:8]


class BookkeepingRow(models.Model):
    """What an invoice needs, split from the order when it is exported (DOMAIN 3).

    The row outlives the client: then it has no order and no e-mail address. A row without a
    batch is unbilled: the client went on 31 January, and the next export takes the row.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(
        _("line reference"), max_length=20, unique=True, default=new_line_reference
    )
    batch = models.ForeignKey(
        ExportBatch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rows",
        verbose_name=_("export batch"),
    )
    order = models.OneToOneField(
        "register.ServiceOrder",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="bookkeeping_row",
        verbose_name=_("service order"),
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), blank=True)
    service_name = models.CharField(_("billed service"), max_length=100)
    month = models.DateField(_("month"), help_text=_("The first day of the billed month."))
    amount = models.DecimalField(_("amount (€)"), max_digits=9, decimal_places=2)
    entered_on = models.DateField(_("entered on"), default=timezone.localdate)
    keep_until = models.DateField(_("keep until"))

    class Meta:
        verbose_name = _("bookkeeping row")
        verbose_name_plural = _("bookkeeping rows")
        ordering = ["-entered_on", "id"]
        indexes = [
            models.Index(fields=["keep_until"], name="bookkeeping_by_end"),
            models.Index(
                fields=["batch"],
                condition=models.Q(order=None) & ~models.Q(email=""),
                name="bookkeeping_email_left",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
