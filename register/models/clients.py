"""Clients: the five facts of C09–C13, and who is assigned to whom."""

import uuid
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase
from phonenumber_field.modelfields import PhoneNumberField

from register.db.keys import Keyed, SearchKey, SortKey
from register.db.states import DayState, State
from register.db.versioned import Versioned, VersionedQuerySet
from register.reference.clock import today
from register.reference.municipalities import municipality_choices, validate_exists
from register.text.folding import for_search
from register.text.identifiers import new_register_number, register_number_symbols
from register.text.model_fields import EmailField, NameField
from register.text.person_names import person_key
from register.text.phone_digits import stored_digits
from register.text.phone_numbers import validate_only_a_number
from register.text.validators import (
    validate_birth_year,
    validate_person_name,
    validate_printable,
)

from .retention import Hold
from .staff import named


class ClientQuerySet(VersionedQuerySet["Client"]):
    def unrestricted(self) -> "ClientQuerySet":
        """Clients that are not past their erasure date on a legal hold (R07)."""
        return self.filter(Client.is_unrestricted.condition)

    def assigned_to(self, user: AbstractBaseUser | AnonymousUser, *, on: date) -> "ClientQuerySet":
        """Clients who are assigned to the user on the day, each once (C33)."""
        periods = Assignment.objects.current(on).filter(
            user=user.pk or 0, content_object=OuterRef("pk")
        )
        return self.filter(Exists(periods))

    def held(self, *, on: date) -> "ClientQuerySet":
        """Clients with a legal hold that postpones their erasure on the day."""
        return self.filter(Exists(Hold.objects.active(on).filter(client=OuterRef("pk"))))


class Client(Keyed, Versioned):
    """A private person who buys guidance services (C04). No sixth personal fact is held (C23)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register_number = models.CharField(
        _("register number"),
        max_length=11,
        unique=True,
        default=new_register_number,
        editable=False,
    )
    name = NameField(
        _("name"), max_length=200, validators=[validate_printable, validate_person_name]
    )
    email = EmailField(_("e-mail address"), blank=True)
    phone = PhoneNumberField(_("phone number"), blank=True, validators=[validate_only_a_number])
    home_municipality = models.CharField(
        _("home municipality"),
        max_length=3,
        blank=True,
        choices=municipality_choices,
        validators=[validate_exists],
    )
    birth_year = models.PositiveSmallIntegerField(
        _("birth year"), null=True, blank=True, validators=[validate_birth_year]
    )
    created_on = models.DateField(_("added on"), default=today, editable=False)
    restricted_on = models.DateField(_("restricted on"), null=True, blank=True, editable=False)
    search_key = SearchKey(
        lambda client: client_search_key(client),
        sources=("name", "register_number", "phone", "email"),
    )
    sort_key = SortKey(lambda client: person_key(client.name), sources=("name",))

    is_unrestricted = State(Q(restricted_on=None))

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        ordering = ["sort_key", "id"]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="client_by_sort_key"),
            models.Index(fields=["created_on"], name="client_by_creation"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_year=None) | Q(birth_year__range=(1900, 2200)),
                name="client_birth_year_plausible",
                violation_error_message=_("This is not a possible birth year."),
            ),
        ]

    def __str__(self) -> str:
        return self.register_number


def client_search_key(client: Client) -> str:
    """Return what a client is found by, each part with a blank on both sides."""
    number = register_number_symbols(client.register_number).lower()
    parts = [number, *stored_digits(client.phone)]
    return " ".join(["", for_search(client.name), *parts, for_search(client.email), ""])


class AssignmentQuerySet(VersionedQuerySet["Assignment"]):
    def current(self, today: date) -> "AssignmentQuerySet":
        """Periods that open the client to the counsellor now, on the day."""
        return self.filter(Assignment.is_current.on(today))

    def open_on(self, day: date) -> "AssignmentQuerySet":
        """Periods that opened the client to the counsellor on the day, if only for a part of it."""
        return self.filter(Assignment.is_open_on.on(day))

    def not_over(self, today: date) -> "AssignmentQuerySet":
        """Periods that open the client to the counsellor on the day or later."""
        return self.filter(Assignment.is_not_over.on(today))

    def overlapping(self, period: "Assignment") -> "AssignmentQuerySet":
        """Other periods of the counsellor and the client that have a whole day in common with it.

        PostgreSQL refuses the same by an exclusion constraint, whoever writes.
        """
        last = period.last_day
        if last is not None and last < period.valid_from:
            return self.none()
        rows = self.filter(
            user=period.user_id,
            permission=period.permission_id,
            content_object=period.content_object_id,
        ).exclude(pk=period.pk)
        rows = rows.exclude(
            Q(valid_until__lt=period.valid_from)
            | Q(revoked_on__lte=period.valid_from)
            | Q(revoked_on__lte=F("valid_from"))
        )
        return rows if last is None else rows.filter(valid_from__lte=last)


def _covers(day: date) -> Q:
    """The day lies in the period: both ends are included, and an open end never ends."""
    return Q(valid_from__lte=day) & ~Q(valid_until__lt=day)


class Assignment(UserObjectPermissionBase, Versioned):
    """A counsellor's right to a client for one period: guardian's row is the assignment.

    Several periods are several rows, none of which is overwritten. guardian itself ignores the
    dates; `register.access` compares them, and nothing else asks.
    """

    content_object = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="assignments", verbose_name=_("client")
    )
    valid_from = models.DateField(_("valid from"), default=today)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    revoked_on = models.DateField(_("ended early on"), null=True, blank=True)

    is_current = DayState(lambda today: _covers(today) & ~Q(revoked_on__lte=today))
    is_open_on = DayState(lambda day: _covers(day) & ~Q(revoked_on__lt=day))
    is_over = DayState(lambda today: Q(valid_until__lt=today) | Q(revoked_on__lte=today))
    is_not_over = ~is_over

    objects = AssignmentQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta:
        # guardian's own Meta would allow a counsellor one row a client.
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        indexes = [
            models.Index(fields=["user", "content_object"], name="assignment_by_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="assignment_ends_after_start",
                violation_error_message=_("The end can't be before the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def counsellor(self) -> str:
        """The counsellor's name and user name."""
        return named(self.user)

    @property
    def ended_on(self) -> date | None:
        """The day on which the period ends, or was ended early; None without an end."""
        return self.revoked_on or self.valid_until

    @property
    def last_day(self) -> date | None:
        """The last whole day; None without an end."""
        revoked = self.revoked_on and self.revoked_on - timedelta(days=1)
        return min((day for day in (self.valid_until, revoked) if day), default=None)

    @property
    def period(self) -> str:
        """The period in words."""
        first = date_format(self.valid_from, "SHORT_DATE_FORMAT")
        if self.ended_on is None:
            return gettext("from %(first)s on") % {"first": first}
        last = date_format(self.ended_on, "SHORT_DATE_FORMAT")
        if self.ended_on < self.valid_from:
            return gettext("cancelled on %(day)s") % {"day": last}
        return gettext("%(first)s–%(last)s") % {"first": first, "last": last}

    def clean(self) -> None:
        """Refuse a day that falls in another period of the same counsellor and client."""
        if self.user_id is None or self.content_object_id is None or self.valid_from is None:
            return
        others = Assignment.objects.overlapping(self).select_related("user").order_by("valid_from")
        refusals = [
            ValidationError(
                _(
                    "%(counsellor)s is already responsible for this client: %(period)s. "
                    "Choose other days, or change the end of that assignment."
                ),
                params={"counsellor": other.counsellor, "period": other.period},
            )
            for other in others
        ]
        if refusals:
            raise ValidationError(refusals)


class LikelyDuplicate(models.Model):
    """Two clients who may be one person: told to the data protection contact only."""

    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="+", verbose_name=_("client")
    )
    other = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="+", verbose_name=_("other client")
    )
    found_on = models.DateField(_("found on"), default=today)
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)

    class Meta:
        verbose_name = _("likely duplicate")
        verbose_name_plural = _("likely duplicates")
        constraints = [
            models.UniqueConstraint(fields=["client", "other"], name="likely_duplicate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
