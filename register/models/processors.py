"""Processors, who get personal data by contract (C24, C26–C28, C40)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from register.countries import EEA, EU, country_choices
from register.enums import ProcessorKind

FINLAND = "FI"


class ProcessorQuerySet(models.QuerySet["Processor"]):
    def under_contract(self, today: date) -> "ProcessorQuerySet":
        """Active processors whose contract is on file and valid on the day."""
        return self.filter(active=True, contract_signed_on__lte=today).exclude(
            contract_valid_until__lt=today
        )


class Processor(models.Model):
    """A company that processes personal data for the controller."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("task"), max_length=20, choices=ProcessorKind)
    country = models.CharField(_("country of the company"), max_length=2, choices=country_choices)
    hosting_country = models.CharField(
        _("country of the systems"), max_length=2, choices=country_choices
    )
    contract_signed_on = models.DateField(_("contract signed on"), null=True, blank=True)
    contract_valid_until = models.DateField(_("contract valid until"), null=True, blank=True)
    security_assessed_on = models.DateField(_("security assessed on"), null=True, blank=True)
    active = models.BooleanField(_("in use"), default=False)

    objects = ProcessorQuerySet.as_manager()

    class Meta:
        verbose_name = _("processor")
        verbose_name_plural = _("processors")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(country__in=EEA) & Q(hosting_country__in=EEA),
                name="processor_inside_eea",
                violation_error_message=_(
                    "The notice promises that no data leaves the EU and the EEA (C28)."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(kind=ProcessorKind.FINANCE)
                | Q(active=False)
                | (Q(country=FINLAND) & Q(hosting_country__in=sorted(EU))),
                name="processor_finance_is_finnish",
                violation_error_message=_(
                    "The notice promises a Finnish finance provider with systems in the EU (C26): "
                    "this one can't be taken into use before the notice says otherwise."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.active and self.contract_signed_on is None:
            raise ValidationError(
                {"contract_signed_on": _("A processor in use needs a signed contract (C40).")}
            )
