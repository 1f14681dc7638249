"""Processors, who get personal data by contract (C24, C26–C28, C40)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from register.conf import register_settings
from register.db.keys import Keyed, SortKey
from register.db.states import DayState
from register.db.versioned import Versioned, VersionedQuerySet
from register.reference.countries import EEA, EU, country_choices
from register.text.folding import for_order
from register.text.model_fields import LineField


class ProcessorKind(TextChoices):
    """What a processor does for the controller (C40)."""

    FINANCE = "finance", _("Finance administration")
    HOSTING = "hosting", _("Hosting")
    MAIL = "mail", _("E-mail")
    BACKUP = "backup", _("Backups")


FINLAND = "FI"


class ProcessorQuerySet(VersionedQuerySet["Processor"]):
    def under_contract(self, today: date) -> "ProcessorQuerySet":
        """Active processors whose contract is on file and valid on the day."""
        return self.filter(Processor.is_under_contract.on(today))

    def assessment_overdue(self, today: date) -> "ProcessorQuerySet":
        """Active processors whose security was assessed too long ago, or never (C27)."""
        return self.filter(Processor.is_assessment_overdue.on(today))


class Processor(Keyed, Versioned):
    """A company that processes personal data for the controller."""

    name = LineField(_("name"), max_length=200)
    kind = models.CharField(_("task"), max_length=20, choices=ProcessorKind)
    country = models.CharField(_("country of the company"), max_length=2, choices=country_choices)
    hosting_country = models.CharField(
        _("country of the systems"), max_length=2, choices=country_choices
    )
    contract_signed_on = models.DateField(_("contract signed on"), null=True, blank=True)
    contract_valid_until = models.DateField(_("contract valid until"), null=True, blank=True)
    security_assessed_on = models.DateField(_("security assessed on"), null=True, blank=True)
    active = models.BooleanField(_("in use"), default=False)
    sort_key = SortKey(lambda row: for_order(row.name), sources=("name",))

    is_under_contract = DayState(
        lambda today: (
            Q(active=True, contract_signed_on__lte=today) & ~Q(contract_valid_until__lt=today)
        )
    )
    is_assessment_overdue = DayState(
        lambda today: (
            Q(active=True)
            & (
                Q(security_assessed_on=None)
                | Q(security_assessed_on__lt=today - register_settings.ASSESSMENT_VALID)
            )
        )
    )

    objects = ProcessorQuerySet.as_manager()

    class Meta:
        verbose_name = _("processor")
        verbose_name_plural = _("processors")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(country__in=EEA) & Q(hosting_country__in=EEA),
                name="processor_inside_eea",
                violation_error_message=_(
                    "The notice promises that no data leaves the EU and the EEA."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind=ProcessorKind.FINANCE)
                | Q(active=False)
                | (Q(country=FINLAND) & Q(hosting_country__in=sorted(EU))),
                name="processor_finance_is_finnish",
                violation_error_message=_(
                    "The notice promises a Finnish finance provider with systems in the EU: "
                    "this one can't be taken into use before the notice says otherwise."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.active and self.contract_signed_on is None:
            raise ValidationError(
                {"contract_signed_on": _("A processor in use needs a signed contract.")}
            )
