"""What postpones an erasure, and the runs that carry it out (C44)."""

import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, TextChoices
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from register.db.dates import AYearAfter
from register.db.encryption import Encrypted
from register.db.states import DayState, MomentState, State
from register.db.versioned import Versioned, VersionedQuerySet
from register.reference.clock import a_year_after, today


class HoldGround(TextChoices):
    """Why an erasure is postponed (R06): by itself, or set by hand on a ground of the law."""

    REQUEST = "request", _("Open request of the client")
    BREACH = "breach", _("Personal data breach")
    LEGAL_CLAIMS = "legal_claims", _("Legal claims (GDPR Art. 17(3)(e))")
    LEGAL_OBLIGATION = "legal_obligation", _("Legal obligation (GDPR Art. 17(3)(b))")
    RESTRICTION = "restriction", _("Restriction of processing (GDPR Art. 18)")
    # Set before there was a list. It holds all the same, and asks for its ground.
    UNSTATED = "manual", _("Ground not stated")


REVIEWED_AHEAD = 30  # days in which a review that is to come is told of

# What a person may set a hold on; the rest comes with a request or a breach.
BY_HAND = (HoldGround.LEGAL_CLAIMS, HoldGround.LEGAL_OBLIGATION, HoldGround.RESTRICTION)


class HoldQuerySet(VersionedQuerySet["Hold"]):
    def active(self, today: date) -> "HoldQuerySet":
        """Holds that postpone erasure on the day."""
        return self.filter(Hold.is_active.on(today))

    def released(self, today: date) -> "HoldQuerySet":
        return self.filter(Hold.is_released.on(today))

    def to_review(self, today: date) -> "HoldQuerySet":
        """Holds whose review is within REVIEWED_AHEAD days, the day included."""
        return self.filter(Hold.is_to_review.on(today))

    def overdue(self, today: date) -> "HoldQuerySet":
        """Holds that nobody reviewed in time, or that name no ground. They hold all the same."""
        return self.filter(Hold.is_overdue.on(today))


class Hold(Versioned):
    """A legal hold: it only postpones the client's erasure (R06)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(
        "register.Client", on_delete=models.CASCADE, related_name="holds", verbose_name=_("client")
    )
    ground = models.CharField(_("ground"), max_length=20, choices=HoldGround)
    reason_encrypted = models.TextField(_("reason"), editable=False)
    reason = Encrypted(max_length=2000)
    set_on = models.DateField(_("set on"), default=today)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("set by"),
    )
    review_on = models.DateField(_("review on"))
    reviewed_on = models.DateField(_("last reviewed on"), null=True, blank=True, editable=False)
    released_on = models.DateField(_("released on"), null=True, blank=True)

    # Whatever is not clearly released counts.
    is_active = DayState(lambda today: Q(released_on=None) | Q(released_on__gt=today))
    is_released = ~is_active
    is_to_review = DayState(
        lambda today: (
            Hold.is_active.on(today)
            & Q(review_on__gte=today, review_on__lte=today + timedelta(days=REVIEWED_AHEAD))
        )
    )
    is_overdue = DayState(
        lambda today: (
            Hold.is_active.on(today) & (Q(review_on__lt=today) | Q(ground=HoldGround.UNSTATED))
        )
    )

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
            models.CheckConstraint(
                condition=Q(review_on__lte=AYearAfter(Coalesce("reviewed_on", "set_on"))),
                name="hold_reviewed_within_a_year",
                violation_error_message=_("The review can be twelve months away at most."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"[:8]

    def clean(self) -> None:
        """Refuse a review more than twelve months after the hold was set or last reviewed."""
        since = self.reviewed_on or self.set_on
        if since and self.review_on and self.review_on > a_year_after(since):
            refusal = _("The review can be twelve months away at most: %(day)s.")
            day = date_format(a_year_after(since), "SHORT_DATE_FORMAT")
            raise ValidationError({"review_on": ValidationError(refusal, params={"day": day})})


class RetentionRunQuerySet(models.QuerySet["RetentionRun"]):
    def unfinished(self) -> "RetentionRunQuerySet":
        """Runs that go on with the next slice."""
        return self.filter(RetentionRun.is_unfinished.condition)


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
    passes = models.PositiveSmallIntegerField(_("times it ended with a failure"), default=0)
    steps_failed = models.PositiveIntegerField(_("steps failed"), default=0)
    files_removed = models.PositiveIntegerField(_("export files removed"), default=0)
    # Due, and on no list that is in force yet.
    clients_waiting = models.PositiveIntegerField(_("clients waiting for their list"), default=0)
    orders_waiting = models.PositiveIntegerField(_("orders waiting for their list"), default=0)
    waits = models.BooleanField(_("waits for the day to be confirmed"), default=False)

    is_unfinished = State(Q(finished_at=None))

    objects = RetentionRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("retention run")
        verbose_name_plural = _("retention runs")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.today}"


class ListKind(TextChoices):
    """Why something stands on an erasure list (R14)."""

    FORECAST = "forecast", _("Forecast for January")
    BEYOND = "beyond", _("Beyond the forecast")
    EVENING = "evening", _("Fell due at another time")
    ACT = "act", _("By a person's own act")


class ErasureListQuerySet(VersionedQuerySet["ErasureList"]):
    def in_force(self, now: datetime) -> "ErasureListQuerySet":
        """Complete lists whose moment has come: what stands on them may be erased."""
        return self.filter(ErasureList.is_in_force.on(now))

    def waiting(self, now: datetime) -> "ErasureListQuerySet":
        """Complete lists whose moment is still to come."""
        return self.filter(ErasureList.is_waiting.on(now))

    def unconfirmed(self, now: datetime) -> "ErasureListQuerySet":
        """Lists that wait for a person."""
        return self.filter(ErasureList.is_unconfirmed.on(now))


class ErasureList(Versioned):
    """What may be erased from a moment on, and nothing that is not on one (R14). Counts only.

    The keys themselves are `ListedUnit`s, which are removed once the list is used up.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=ListKind)
    # A list holds for the runs of one year: who was prolonged is due anew another year.
    year = models.PositiveSmallIntegerField(_("year"))
    due_on = models.DateField(_("due on"))
    begun_on = models.DateField(_("begun on"))
    frozen_at = models.DateTimeField(_("frozen at"), null=True, blank=True)
    erases_at = models.DateTimeField(_("erased from"))
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    told_at = models.DateTimeField(_("told by e-mail at"), null=True, blank=True)
    run = models.UUIDField(_("retention run"), null=True, blank=True)
    cursor = models.UUIDField(_("processed up to"), null=True, blank=True)
    without_orders = models.BooleanField(_("has come to clients without orders"), default=False)
    clients = models.PositiveIntegerField(_("clients"), default=0)
    orders = models.PositiveIntegerField(_("service orders"), default=0)
    feedback = models.PositiveIntegerField(_("feedback"), default=0)
    vouchers = models.PositiveIntegerField(_("bookkeeping rows"), default=0)

    is_in_force = MomentState(lambda now: ~Q(frozen_at=None) & Q(erases_at__lte=now))
    is_waiting = MomentState(lambda now: ~Q(frozen_at=None) & Q(erases_at__gt=now))
    is_unconfirmed = MomentState(
        lambda now: ErasureList.is_waiting.on(now) & Q(kind=ListKind.BEYOND)
    )

    objects = ErasureListQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure list")
        verbose_name_plural = _("erasure lists")
        ordering = ["-erases_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["year"], condition=Q(kind=ListKind.FORECAST), name="one_forecast_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"[:8]


class ListedKind(TextChoices):
    """What a unit on an erasure list is."""

    CLIENT = "client", _("Client")
    ORDER = "order", _("Service order")
    FEEDBACK = "feedback", _("Feedback")
    VOUCHER = "voucher", _("Bookkeeping row")


class ListedUnit(models.Model):
    """One client, order, answer or bookkeeping row on an erasure list: an opaque key, no more.

    It stands on one list at a time. It is erased with what it names, or when its list is used up.
    """

    key = models.UUIDField(_("key"), primary_key=True, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=ListedKind)
    # No constraint: PostgreSQL would check it for each of a night's many keys.
    erasure_list = models.ForeignKey(
        ErasureList,
        on_delete=models.PROTECT,
        related_name="units",
        db_constraint=False,
        verbose_name=_("erasure list"),
    )

    class Meta:
        verbose_name = _("unit on an erasure list")
        verbose_name_plural = _("units on erasure lists")
        ordering = ["kind", "key"]

    def __str__(self) -> str:
        return f"{self.key}"[:8]
