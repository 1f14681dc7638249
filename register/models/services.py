"""Ordered services and what arises in them (C14–C18)."""

import uuid
from datetime import date

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from register.encryption import Encrypted
from register.enums import BatchState, Manner, NoteBasis


class Service(models.Model):
    """A guidance service in the catalogue. Its name is what the invoice says (C25)."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    price = models.DecimalField(
        _("price (€, VAT included)"),
        max_digits=9,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
    )
    active = models.BooleanField(_("can be ordered"), default=True)

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """An office of the company. Belongs to the service order, never to the client (O9)."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


def finished(today: date) -> Q:
    """Delivery is over on the day: ended, or valid no longer."""
    return Q(actual_end__lte=today) | Q(actual_end=None, planned_end__lt=today)


class ServiceOrderQuerySet(models.QuerySet["ServiceOrder"]):
    def with_end(self) -> "ServiceOrderQuerySet":
        """Annotate `ends_on`, the date that drives retention (DOMAIN 3).

        The actual end; without one, the later of the planned end and the last note's meeting.
        """
        last_meeting = (
            Note.objects.filter(order=OuterRef("pk"))
            .order_by()
            .values("order")
            .annotate(last=Max("met_on"))
            .values("last")
        )
        return self.annotate(
            ends_on=Coalesce(
                F("actual_end"),
                Greatest(F("planned_end"), Coalesce(Subquery(last_meeting), F("planned_end"))),
            )
        )

    def perhaps_ended_before(self, day: date) -> "ServiceOrderQuerySet":
        """Orders that ended before the day unless a note prolongs them: answered by the indexes."""
        return self.filter(Q(actual_end__lt=day) | Q(actual_end=None, planned_end__lt=day))

    def ended_before(self, day: date) -> "ServiceOrderQuerySet":
        """Orders whose `ends_on` is before the day."""
        possible = self.perhaps_ended_before(day)
        ended: ServiceOrderQuerySet = possible.with_end().filter(ends_on__lt=day)  # type: ignore[misc]
        return ended

    def finished(self, today: date) -> "ServiceOrderQuerySet":
        """Orders whose delivery is over on the day, which is when they are billed."""
        return self.filter(finished(today))

    def ongoing(self, today: date) -> "ServiceOrderQuerySet":
        return self.filter(~finished(today))

    def unbilled(self) -> "ServiceOrderQuerySet":
        """Orders with a price that no export batch has taken."""
        return self.filter(price__gt=0, bookkeeping_row=None)

    def unsettled(self) -> "ServiceOrderQuerySet":
        """Orders that are unbilled, or in a batch that billing has not marked as received (O5)."""
        under_way = (BatchState.OPEN, BatchState.WRITTEN)
        return self.filter(
            Q(price__gt=0, bookkeeping_row=None)
            | Q(bookkeeping_row__isnull=False, bookkeeping_row__batch=None)
            | Q(bookkeeping_row__batch__state__in=under_way)
        )

    def unrestricted(self) -> "ServiceOrderQuerySet":
        """Orders that are not past their erasure date on a legal hold."""
        return self.filter(restricted_on=None)


class ServiceOrder(models.Model):
    """A service that a client ordered: what, how, when, by whom, at which office."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(
        "register.Client", on_delete=models.CASCADE, related_name="orders", verbose_name=_("client")
    )
    service = models.ForeignKey(Service, on_delete=models.PROTECT, verbose_name=_("service"))
    specification_encrypted = models.TextField(blank=True, editable=False)
    specification = Encrypted()
    manner = models.CharField(_("manner of delivery"), max_length=20, choices=Manner)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name=_("office"))
    counsellor = models.ForeignKey(
        "register.StaffMember",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("counsellor"),
    )
    starts_on = models.DateField(_("starts on"))
    planned_end = models.DateField(_("valid until"))
    actual_end = models.DateField(_("ended on"), null=True, blank=True)
    price = models.DecimalField(
        _("price (€, VAT included)"),
        max_digits=9,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    created_on = models.DateField(_("added on"), default=timezone.localdate, editable=False)
    restricted_on = models.DateField(_("restricted on"), null=True, blank=True, editable=False)

    objects = ServiceOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("service order")
        verbose_name_plural = _("service orders")
        ordering = ["-starts_on", "id"]
        indexes = [
            models.Index(fields=["actual_end"], name="order_by_actual_end"),
            models.Index(fields=["planned_end"], name="order_by_planned_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_end__gte=F("starts_on")),
                name="order_planned_end_after_start",
                violation_error_message=_(
                    "The service can't be valid only until before it starts."
                ),
            ),
            models.CheckConstraint(
                condition=Q(actual_end=None) | Q(actual_end__gte=F("starts_on")),
                name="order_actual_end_after_start",
                violation_error_message=_("The service can't end before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0),
                name="order_price_not_negative",
                violation_error_message=_("The price can't be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"[:8]


class Note(models.Model):
    """Information that arises in delivering the service (C18). No attachments (C23)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey(
        ServiceOrder, on_delete=models.CASCADE, related_name="notes", verbose_name=_("order")
    )
    met_on = models.DateField(_("meeting date"))
    basis = models.CharField(
        _("where the information comes from"), max_length=20, choices=NoteBasis
    )
    text_encrypted = models.TextField(editable=False)
    text = Encrypted()
    author = models.ForeignKey(
        "register.StaffMember", on_delete=models.PROTECT, related_name="+", verbose_name=_("author")
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-met_on", "-written_at"]
        indexes = [models.Index(fields=["order", "met_on"], name="note_by_order")]

    def __str__(self) -> str:
        return f"{self.pk}"[:8]
