"""Whole public pages, ready to be sent, and what tells that one is out of date."""

from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

ROW = 1


class FreshnessManager(models.Manager["Freshness"]):
    def number(self) -> int:
        """Return the present number; read it before what it is to stand for."""
        return self.filter(pk=ROW).values_list("number", flat=True).first() or 0

    def raise_number(self) -> None:
        """Let nothing be sent any more that is stored now. Call it with the change, or after it."""
        with transaction.atomic():
            self.get_or_create(pk=ROW)
            self.filter(pk=ROW).update(number=F("number") + 1)
            StoredPage.objects.all().delete()

    def is_still(self, number: int) -> bool:
        """Whether nothing was raised since, nor will be before the present transaction's end.

        False as well while somebody is about to raise it: nobody waits for that.
        """
        self.get_or_create(pk=ROW)
        held = self.select_for_update(skip_locked=True).filter(pk=ROW)
        return held.values_list("number", flat=True).first() == number


class Freshness(models.Model):
    """One row, whose number is raised whenever something that is on all pages may have changed."""

    number = models.PositiveBigIntegerField(_("number"), default=0, editable=False)

    objects = FreshnessManager()

    class Meta:
        verbose_name = _("freshness of the public pages")
        verbose_name_plural = _("freshness of the public pages")

    def __str__(self) -> str:
        return f"{self.number}"


class StoredPage(models.Model):
    """A page as it is sent, plain and packed: as long as there is a row, it is fresh.

    `shell` is the fingerprint of what is around the content: templates, names of static files.
    """

    host = models.CharField(_("host"), max_length=255, editable=False)
    path = models.CharField(_("path"), max_length=255, editable=False)
    shell = models.CharField(_("shell"), max_length=64, editable=False)
    language = models.CharField(_("language"), max_length=20, editable=False)
    content_type = models.CharField(
        _("content type"), max_length=100, default="text/html; charset=utf-8", editable=False
    )
    tag = models.CharField(_("entity tag"), max_length=64, editable=False)
    plain = models.BinaryField(_("plain"))
    packed = models.BinaryField(_("packed"))

    class Meta:
        verbose_name = _("stored page")
        verbose_name_plural = _("stored pages")
        constraints = [
            models.UniqueConstraint(fields=["host", "path"], name="stored_page_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


@dataclass(frozen=True)
class Storable:
    """Said by a page's answer: it may be stored, as made when the freshness was this number."""

    number: int
    language: str
