"""Clients: the five facts of C09–C13, and who is assigned to whom."""

import uuid
from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase
from phonenumber_field.modelfields import PhoneNumberField

from register.identifiers import new_register_number
from register.municipalities import municipality_choices
from register.validators import validate_birth_year, validate_printable


class ClientQuerySet(models.QuerySet["Client"]):
    def unrestricted(self) -> "ClientQuerySet":
        """Clients that are not past their erasure date on a legal hold."""
        return self.filter(restricted_on=None)


class Client(models.Model):
    """A private person who buys guidance services (C04). No sixth personal fact is held (C23)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    register_number = models.CharField(
        _("register number"),
        max_length=11,
        unique=True,
        default=new_register_number,
        editable=False,
    )
    name = models.CharField(_("name"), max_length=200, validators=[validate_printable])
    email = models.EmailField(_("e-mail address"))
    phone = PhoneNumberField(_("phone number"), blank=True)
    home_municipality = models.CharField(
        _("home municipality"), max_length=3, blank=True, choices=municipality_choices
    )
    birth_year = models.PositiveSmallIntegerField(
        _("birth year"), null=True, blank=True, validators=[validate_birth_year]
    )
    created_on = models.DateField(_("added on"), default=timezone.localdate, editable=False)
    restricted_on = models.DateField(_("restricted on"), null=True, blank=True, editable=False)

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["name", "id"], name="client_by_name"),
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


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self, today: date) -> "AssignmentQuerySet":
        """Assignments valid on the day: both ends included, an open end never ends."""
        return self.filter(valid_from__lte=today).exclude(valid_until__lt=today)


class Assignment(UserObjectPermissionBase):
    """One counsellor's right to one client, with its dates: guardian's row is the assignment.

    guardian itself ignores the dates; `register.permissions` compares them, and nothing else asks.
    """

    content_object = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="assignments", verbose_name=_("client")
    )
    valid_from = models.DateField(_("valid from"), default=timezone.localdate)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        indexes = [
            models.Index(fields=["user", "content_object"], name="assignment_by_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
                name="assignment_ends_after_start",
                violation_error_message=_("The end can't be before the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class LikelyDuplicate(models.Model):
    """Two clients who may be one person: told to the data protection contact only."""

    client = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="+", verbose_name=_("client")
    )
    other = models.ForeignKey(
        Client, on_delete=models.CASCADE, related_name="+", verbose_name=_("other client")
    )
    found_on = models.DateField(_("found on"), default=timezone.localdate)
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)

    class Meta:
        verbose_name = _("likely duplicate")
        verbose_name_plural = _("likely duplicates")
        constraints = [
            models.UniqueConstraint(fields=["client", "other"], name="likely_duplicate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
