"""Ordered services and what arises in them (C14–C18)."""

import uuid
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery, TextChoices
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from register.db.encryption import Encrypted
from register.db.fixed import Fixing, FixingQuerySet
from register.db.states import DayState, State
from register.db.versioned import Versioned, VersionedQuerySet
from register.models.billing import CARRIED, UNDER_WAY
from register.models.orders.catalogue import Office, Service
from register.models.orders.notes import Note
from register.models.retention import Hold
from register.reference.clock import today, years_before


class Manner(TextChoices):
    """Manner of delivery (C15)."""

    IN_PERSON = "in_person", _("In person")
    REMOTE = "remote", _("Remote")
    MIXED = "mixed", _("In person and remote")


class OrderState(TextChoices):
    """What is said of a service beside its name, and of a client by the leading one.

    Words of 20 characters at most. One state a day: on its last day of validity a service ends
    soon; once it is ended it is over, on that day already. One that nobody has marked as ended is
    to be prolonged or ended.
    """

    VALID = "valid", _("In force")
    SOON = "soon", _("Ends soon")
    TO_COME = "to-come", _("Not begun yet")
    LAPSED = "lapsed", _("No longer in force")
    OVER = "over", _("Over")
    CANCELLED = "cancelled", _("Cancelled")
    POSTPONED = "postponed", _("Erasure put off")


# The fields from which `ends_on` follows, which is what drives retention (R01).
END_FIELDS = ("cancelled_on", "actual_end", "planned_end")


def carried_of(path: str) -> tuple[str, ...]:
    """Return the order's own fields of which billing carries something, given where from."""
    first = path.split("__")[0]
    return {"pk": (), "ends_on": END_FIELDS}.get(first, (first,))


# What nobody changes of an exported order: billing has it. Its client's name and address are
# corrected all the same (C48): they are the client's, and the bookkeeping row keeps its own.
LOCKED_WHEN_BILLED = tuple(
    dict.fromkeys(name for path in CARRIED.values() for name in carried_of(path))
)
BILLED = Q(bookkeeping_row__isnull=False)
BILLING_HAS_IT = _(
    "Billing has this already, so it can't be changed here. Tell whoever does the billing what is "
    "wrong: billing makes the correction."
)


SOON = 30  # days before the end of its validity in which an order is to be prolonged or ended

# What billing takes: a service with a price, unless it was billed before it came here.
TO_BILL = Q(price__gt=0, billed_before=False)
# Of those, what no export batch has taken.
UNBILLED = TO_BILL & Q(bookkeeping_row=None)


class ServiceOrderQuerySet(  # type: ignore[override]
    FixingQuerySet["ServiceOrder"], VersionedQuerySet["ServiceOrder"]
):
    def billed(self) -> "ServiceOrderQuerySet":
        """Orders that billing has: claimed by an export, and entered into bookkeeping."""
        return self.filter(BILLED)

    def with_end(self) -> "ServiceOrderQuerySet":
        """Annotate `ends_on`, the date that drives retention (R01), and `last_meeting`.

        The day of cancelling, or the actual end; without either, the later of the planned end and
        the last note's meeting. A meeting to which nobody came prolongs nothing (R04).
        """
        last_meeting = (
            Note.objects.prolonging()
            .filter(order=OuterRef("pk"))
            .order_by()
            .values("order")
            .annotate(last=Max("met_on"))
            .values("last")
        )
        return self.annotate(last_meeting=Subquery(last_meeting)).annotate(
            ends_on=Coalesce(
                F("cancelled_on"),
                F("actual_end"),
                Greatest(F("planned_end"), Coalesce(F("last_meeting"), F("planned_end"))),
            )
        )

    def perhaps_ended_before(self, day: date) -> "ServiceOrderQuerySet":
        """Orders that ended before the day unless a note prolongs them: answered by the indexes."""
        return self.filter(
            Q(cancelled_on__lt=day)
            | Q(cancelled_on=None, actual_end__lt=day)
            | Q(cancelled_on=None, actual_end=None, planned_end__lt=day)
        )

    def ended_before(self, day: date) -> "ServiceOrderQuerySet":
        """Orders whose `ends_on` is before the day."""
        possible = self.perhaps_ended_before(day)
        ended: ServiceOrderQuerySet = possible.with_end().filter(ends_on__lt=day)  # type: ignore[misc]
        return ended

    def finished(self, today: date) -> "ServiceOrderQuerySet":
        """Orders whose delivery is over on the day, which is when they are billed."""
        return self.filter(ServiceOrder.is_finished.on(today))

    def ongoing(self, today: date) -> "ServiceOrderQuerySet":
        return self.filter(ServiceOrder.is_ongoing.on(today))

    def expired(self, today: date) -> "ServiceOrderQuerySet":
        """Orders that are past their validity and not marked as ended: somebody forgot them."""
        return self.filter(ServiceOrder.is_expired.on(today))

    def ending_soon(self, today: date) -> "ServiceOrderQuerySet":
        """Orders whose validity ends within SOON days, the day included."""
        return self.filter(ServiceOrder.is_ending_soon.on(today))

    def quiet(self, today: date) -> "ServiceOrderQuerySet":
        """Ongoing orders that began over a year ago, whose client was not heard of for a year."""
        since = years_before(today, 1)
        noted = Note.objects.filter(
            Note.is_prolonging.condition, order=OuterRef("pk"), met_on__gte=since
        )
        return self.ongoing(today).filter(~Exists(noted), starts_on__lt=since)

    def to_bill(self) -> "ServiceOrderQuerySet":
        """Orders that are billed from here when they are over, or were."""
        return self.filter(ServiceOrder.is_to_bill.condition)

    def with_hold(self, today: date) -> "ServiceOrderQuerySet":
        """Annotate `is_held`, which `state_of` asks: whether a hold keeps the client."""
        return self.annotate(is_held=Exists(_holds(today)))

    def in_state(self, state: OrderState, today: date) -> "ServiceOrderQuerySet":
        """Orders of which `state_of` says so."""
        held = Exists(_holds(today))
        over = self.finished(today)
        match state:
            case OrderState.POSTPONED:
                return over.filter(held)
            case OrderState.OVER:
                return over.filter(~held, ~Q(actual_end=None))
            case OrderState.LAPSED:
                return over.filter(~held, cancelled_on=None, actual_end=None)
            case OrderState.CANCELLED:
                return over.filter(~held, ~Q(cancelled_on=None))
            case OrderState.TO_COME:
                return self.ongoing(today).to_come(today)
        begun = self.ongoing(today).filter(~ServiceOrder.is_to_come.on(today))
        if state is OrderState.SOON:
            return begun.closing(today)
        return begun.filter(~ServiceOrder.is_closing.on(today))

    def to_come(self, today: date) -> "ServiceOrderQuerySet":
        """Orders that begin later."""
        return self.filter(ServiceOrder.is_to_come.on(today))

    def closing(self, today: date) -> "ServiceOrderQuerySet":
        """Ongoing orders that end within SOON days, marked so or not."""
        return self.filter(ServiceOrder.is_closing.on(today))

    def counted(self) -> "ServiceOrderQuerySet":
        """Orders that statistics count: all but the cancelled ones (C46)."""
        return self.filter(ServiceOrder.is_counted.condition)

    def unbilled(self) -> "ServiceOrderQuerySet":
        """Orders that are to be billed, and that no export batch has taken."""
        return self.filter(UNBILLED)

    def unsettled(self) -> "ServiceOrderQuerySet":
        """Orders that are unbilled, or in a batch that billing has not marked as received (O5)."""
        return self.filter(
            UNBILLED
            | Q(bookkeeping_row__isnull=False, bookkeeping_row__batch=None)
            | Q(bookkeeping_row__batch__state__in=UNDER_WAY)
        )

    def unrestricted(self) -> "ServiceOrderQuerySet":
        """Orders that are not past their erasure date on a legal hold."""
        return self.filter(ServiceOrder.is_unrestricted.condition)


class ServiceOrder(Fixing, Versioned):
    """A service that a client ordered: what, how, when, by whom, at which office."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(
        "register.Client",
        on_delete=models.CASCADE,
        related_name="orders",
        verbose_name=_("client"),
        editable=False,
    )
    service = models.ForeignKey(Service, on_delete=models.PROTECT, verbose_name=_("service"))
    specification_encrypted = models.TextField(_("specification"), blank=True, editable=False)
    specification = Encrypted(max_length=2000)
    manner = models.CharField(_("manner of delivery"), max_length=20, choices=Manner)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, verbose_name=_("office"))
    counsellor = models.ForeignKey(
        "register.StaffMember",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("counsellor"),
        editable=False,
    )
    starts_on = models.DateField(_("starts on"))
    # Mandatory: an order without any end would never be due for erasure (O6).
    planned_end = models.DateField(_("valid until"))
    actual_end = models.DateField(_("ended on"), null=True, blank=True)
    # It ends the order on that day, also before the start; `actual_end` stays empty then.
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True, editable=False)
    # Why the service is valid for longer than `MONTHS_WITHOUT_REASON` ahead.
    long_validity_reason_encrypted = models.TextField(
        _("reason for the long validity"), blank=True, editable=False
    )
    long_validity_reason = Encrypted(max_length=500)
    price = models.DecimalField(
        _("price (€, VAT included)"),
        max_digits=9,
        decimal_places=2,
        validators=[MinValueValidator(0)],
    )
    # Of an order that was moved here from the company's earlier list: its voucher is elsewhere.
    billed_before = models.BooleanField(
        _("billed before it was moved here"), default=False, db_default=False, editable=False
    )
    created_on = models.DateField(_("added on"), default=today, editable=False)
    restricted_on = models.DateField(_("restricted on"), null=True, blank=True, editable=False)

    # Delivery is over: cancelled, ended, on its last day already, or valid no longer.
    is_finished = DayState(
        lambda today: (
            Q(cancelled_on__lte=today)
            | Q(cancelled_on=None, actual_end__lte=today)
            | Q(cancelled_on=None, actual_end=None, planned_end__lt=today)
        )
    )
    is_ongoing = ~is_finished
    is_expired = DayState(
        lambda today: Q(cancelled_on=None, actual_end=None, planned_end__lt=today)
    )
    is_ending_soon = DayState(
        lambda today: Q(
            cancelled_on=None,
            actual_end=None,
            planned_end__gte=today,
            planned_end__lte=today + timedelta(days=SOON),
        )
    )
    is_to_come = DayState(lambda today: Q(starts_on__gt=today))
    is_closing = DayState(
        lambda today: (
            Q(
                cancelled_on=None,
                actual_end__gt=today,
                actual_end__lte=today + timedelta(days=SOON),
            )
            | ServiceOrder.is_ending_soon.on(today)
        )
    )
    is_cancelled = State(~Q(cancelled_on=None))
    is_counted = ~is_cancelled
    # Somebody said when it ended; the validity alone is no such word.
    is_open = State(Q(cancelled_on=None, actual_end=None))
    is_unrestricted = State(Q(restricted_on=None))
    is_to_bill = State(TO_BILL)

    fixed_when = dict.fromkeys(LOCKED_WHEN_BILLED, BILLED)

    objects = ServiceOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("service order")
        verbose_name_plural = _("service orders")
        ordering = ["-starts_on", "id"]
        indexes = [
            models.Index(fields=["actual_end"], name="order_by_actual_end"),
            models.Index(fields=["planned_end"], name="order_by_planned_end"),
            models.Index(
                fields=["cancelled_on"],
                condition=Q(cancelled_on__isnull=False),
                name="order_by_cancellation",
            ),
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
                condition=Q(cancelled_on=None) | Q(actual_end=None),
                name="order_ended_or_cancelled",
                violation_error_message=_("A cancelled service has no other end."),
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0),
                name="order_price_not_negative",
                violation_error_message=_("The price can't be negative."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"[:8]

    @property
    def is_billed(self) -> bool:
        """Whether billing has the order (`ServiceOrderQuerySet.billed`)."""
        return ServiceOrder.objects.billed().filter(pk=self.pk).exists()

    def clean(self) -> None:
        """Refuse another value of what billing has (C25)."""
        if refused := self.fixed_and_changed():
            raise ValidationError(dict.fromkeys(refused, BILLING_HAS_IT))


def _holds(today: date) -> models.QuerySet[Hold]:
    return Hold.objects.active(today).filter(client=OuterRef("client"))


def state_of(order: ServiceOrder, today: date) -> OrderState:
    """Return the state of an order that was fetched `with_hold`; no further query is made."""
    if order.is_finished(today):
        if order.is_held:  # type: ignore[attr-defined]
            return OrderState.POSTPONED
        if order.is_cancelled:
            return OrderState.CANCELLED
        return OrderState.LAPSED if order.actual_end is None else OrderState.OVER
    if order.is_to_come(today):
        return OrderState.TO_COME
    return OrderState.SOON if order.is_closing(today) else OrderState.VALID
