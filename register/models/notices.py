"""Which clients were given which version of the privacy notice, and what waits for it (C19)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from register.db.states import State
from register.db.versioned import Versioned, VersionedQuerySet
from register.inventory.vocabulary import Category, Purpose
from register.text.model_fields import LinesField


class MaterialChangeQuerySet(models.QuerySet["MaterialChange"]):
    def unfinished(self) -> "MaterialChangeQuerySet":
        """Changes of which some client is still to be told."""
        return self.filter(MaterialChange.is_unfinished.condition)


class MaterialChange(models.Model):
    """A published version of the notice of which present clients have to be told.

    It is finished when all of them have been. `reason` is what the public reads of it, `address`
    where the public sees what changed.
    """

    notice_version = models.PositiveIntegerField(_("version of the notice"), unique=True)
    published_on = models.DateField(_("published on"))
    finished_on = models.DateField(_("all told on"), null=True, blank=True)
    reason = LinesField(_("reason for the change"), blank=True)
    address = models.CharField(_("address of what changed"), max_length=500, blank=True)

    is_unfinished = State(Q(finished_on=None))

    objects = MaterialChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("material change of the notice")
        verbose_name_plural = _("material changes of the notice")
        ordering = ["notice_version"]

    def __str__(self) -> str:
        return f"{self.notice_version}"


class PublishedPurposeQuerySet(models.QuerySet["PublishedPurpose"]):
    def opened(self) -> "PublishedPurposeQuerySet":
        """Purposes for which data may be used: whoever had to be told of them was."""
        return self.filter(Q(change=None) | Q(change__finished_on__isnull=False))


class PublishedPurpose(models.Model):
    """A purpose that a published notice names for a category of data about clients.

    What the inventory declares and has no row here is shut: no published version told of it.
    """

    category = models.CharField(_("category"), max_length=20, choices=Category)
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    change = models.ForeignKey(
        MaterialChange,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="purposes",
        verbose_name=_("waits for"),
    )

    objects = PublishedPurposeQuerySet.as_manager()

    class Meta:
        verbose_name = _("published purpose")
        verbose_name_plural = _("published purposes")
        constraints = [
            models.UniqueConstraint(fields=["category", "purpose"], name="published_purpose_once"),
        ]

    def __str__(self) -> str:
        return f"{self.category}-{self.purpose}"


class NoticeGivenQuerySet(VersionedQuerySet["NoticeGiven"]):
    def given(self) -> "NoticeGivenQuerySet":
        return self.filter(NoticeGiven.is_given.condition)

    def to_be_told(self) -> "NoticeGivenQuerySet":
        """Rows of clients who were given neither this version nor a later one."""
        later = NoticeGiven.objects.given().filter(
            client=OuterRef("client"), notice_version__gt=OuterRef("notice_version")
        )
        return self.filter(given_on=None).exclude(Exists(later))

    def of(self, change: MaterialChange) -> "NoticeGivenQuerySet":
        return self.filter(notice_version=change.notice_version)


class NoticeGiven(Versioned):
    """A version of the notice for a client: given on a day, or still to be told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(
        "register.Client",
        on_delete=models.CASCADE,
        related_name="notices_given",
        verbose_name=_("client"),
        editable=False,
    )
    notice_version = models.PositiveIntegerField(_("version of the notice"), editable=False)
    given_on = models.DateField(_("told on"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("told by"),
        editable=False,
    )

    is_given = State(~Q(given_on=None))

    objects = NoticeGivenQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice given to a client")
        verbose_name_plural = _("notices given to clients")
        ordering = ["notice_version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["client", "notice_version"], name="notice_given_once"),
            models.CheckConstraint(
                condition=Q(given_by=None) | ~Q(given_on=None), name="notice_given_by_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"[:8]
