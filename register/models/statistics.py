"""Anonymous counts, all that remains in the end (C46). No key leads to a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from register.db.keys import Keyed, SortKey
from register.models.orders import Manner, Office, Service
from register.text.folding import for_order
from register.text.model_fields import LineField


class StatisticTally(models.Model):
    """Orders erased so far of a year that is not published yet. Shown to nobody."""

    year = models.PositiveSmallIntegerField(_("year"))
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    manner = models.CharField(_("manner of delivery"), max_length=20, choices=Manner)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    count = models.PositiveIntegerField(_("count"))

    class Meta:
        verbose_name = _("statistic tally")
        verbose_name_plural = _("statistic tallies")
        constraints = [
            models.UniqueConstraint(
                fields=["year", "service", "manner", "office"], name="one_tally_per_cell"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Statistic(Keyed):
    """A published count, which never changes (R10). The cell "other" names no service."""

    year = models.PositiveSmallIntegerField(_("year"))
    service_name = LineField(_("service"), max_length=100, blank=True)
    manner = models.CharField(_("manner of delivery"), max_length=20, choices=Manner, blank=True)
    office_name = LineField(_("office"), max_length=100, blank=True)
    count = models.PositiveIntegerField(_("count"))
    sort_key = SortKey(lambda row: for_order(row.service_name), sources=("service_name",))

    class Meta:
        verbose_name = _("statistic")
        verbose_name_plural = _("statistics")
        ordering = ["-year", "sort_key", "manner", "office_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "service_name", "manner", "office_name"],
                name="one_statistic_per_cell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}"


class PublishedYear(models.Model):
    """A year whose statistics have appeared, once; without rows when no cell could be shown."""

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    published_on = models.DateField(_("published on"))

    class Meta:
        verbose_name = _("published year")
        verbose_name_plural = _("published years")
        ordering = ["-year"]

    def __str__(self) -> str:
        return f"{self.year}"
