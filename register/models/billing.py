"""What is disclosed for billing, and what bookkeeping keeps of it (C24, C25, C45)."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from register.db.fixed import Fixing, FixingQuerySet
from register.db.keys import Keyed, SortKey
from register.db.states import State
from register.db.versioned import Versioned, VersionedQuerySet
from register.reference.clock import today
from register.text.model_fields import EmailField, LineField
from register.text.person_names import person_key


class BatchState(TextChoices):
    """The life of an export batch, from the claim to the removal of its file."""

    OPEN = "open", _("Being made")
    WRITTEN = "written", _("Ready for download")
    RECEIVED = "received", _("Received by the finance provider")
    EXPIRED = "expired", _("File removed")


# What billing carries of an order: a column of the bookkeeping row, and where it comes from. The
# rest follows from here: what is copied, and what of an exported order can't be changed any more.
CARRIED = {
    "order": "pk",
    "name": "client__name",
    "email": "client__email",
    "service_name": "service__name",
    "month": "ends_on",
    "amount": "price",
}

# Billing has not said yet that the finance provider has the file (O5).
UNDER_WAY = (BatchState.OPEN, BatchState.WRITTEN)


def new_line_reference() -> str:
    """Return an opaque line reference: 80 random bits in hexadecimal."""
    return secrets.token_hex(10)


class ExportBatchQuerySet(VersionedQuerySet["ExportBatch"]):
    def being_made(self) -> "ExportBatchQuerySet":
        """The batch that exports are claiming into: there is one at most."""
        return self.filter(ExportBatch.is_being_made.condition)

    def made(self) -> "ExportBatchQuerySet":
        """Batches whose file was written, whether or not it is still there."""
        return self.filter(ExportBatch.is_made.condition)

    def downloadable(self) -> "ExportBatchQuerySet":
        """Batches whose file is there, or ought to be."""
        return self.filter(ExportBatch.is_downloadable.condition)


class ExportBatch(Versioned):
    """One export to the finance provider: a logged disclosure and its file."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(
        "register.Processor", on_delete=models.PROTECT, verbose_name=_("recipient")
    )
    state = models.CharField(_("state"), max_length=10, choices=BatchState, default=BatchState.OPEN)
    made_on = models.DateField(_("made on"), default=today)
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

    is_being_made = State(Q(state=BatchState.OPEN))
    is_made = ~is_being_made
    # The file is there.
    is_downloadable = State(Q(state__in=(BatchState.WRITTEN, BatchState.RECEIVED)))
    # The file is there, and billing has not said that the finance provider has it.
    awaits_receipt = State(Q(state=BatchState.WRITTEN))

    objects = ExportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("export batch")
        verbose_name_plural = _("export batches")
        ordering = ["-made_on", "id"]
        constraints = [
            # Whoever exports at the same moment joins the batch that is being made.
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=BatchState.OPEN), name="one_open_batch"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"[:8]


class BookkeepingRow(Keyed, Fixing):
    """What an invoice needs, split from the order when it is exported (R08). It stays as it is.

    The row outlives the client: then it has no order and no e-mail address. A row without a
    batch is unbilled: its client was erased on 31 January, and the next export claims the row.
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
    name = LineField(_("name"), max_length=200)
    email = EmailField(_("e-mail address"), blank=True)
    service_name = LineField(_("billed service"), max_length=100)
    month = models.DateField(_("month"), help_text=_("The first day of the billed month."))
    amount = models.DecimalField(_("amount (€)"), max_digits=9, decimal_places=2)
    entered_on = models.DateField(_("entered on"), default=today)
    keep_until = models.DateField(_("keep until"))
    sort_key = SortKey(lambda row: person_key(row.name), sources=("name",))

    fixed_when = {
        **dict.fromkeys((*CARRIED, "reference", "entered_on"), Q()),
        "batch": Q(batch__isnull=False),
    }
    # With the client.
    may_be_emptied = ("order", "email")

    objects = FixingQuerySet.as_manager()

    class Meta:
        verbose_name = _("bookkeeping row")
        verbose_name_plural = _("bookkeeping rows")
        ordering = ["-entered_on", "id"]
        indexes = [
            models.Index(fields=["keep_until"], name="bookkeeping_by_end"),
            models.Index(
                fields=["batch"],
                condition=Q(order=None) & ~Q(email=""),
                name="bookkeeping_email_left",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
