"""Who processes data for the company, by what they do and where (C26–C28, C40, O14).

Recipients are told by category: no company is named, so that none has to be asked first.
"""

from typing import TypedDict

from django.utils.translation import gettext_lazy as _

from privacy_notice.facts.words import Label
from register.models import Processor
from register.models.processors import ProcessorKind
from register.reference.clock import today
from register.reference.countries import COUNTRIES

WORK: dict[ProcessorKind, Label] = {
    ProcessorKind.FINANCE: _("Finance administration: makes and sends the bills"),
    ProcessorKind.HOSTING: _("Hosting: keeps the servers that the register and this site run on"),
    ProcessorKind.MAIL: _("E-mail: carries and stores our e-mail"),
    ProcessorKind.BACKUP: _("Backup: keeps copies of our data in case of a fault"),
}


class PublicProcessors(TypedDict):
    """All who do the same. `assessed`: whether each was assessed lately enough (C27)."""

    key: str
    label: str
    countries: list[str]
    systems: list[str]
    assessed: bool


def processors() -> list[PublicProcessors]:
    """Return the kinds of processors in use, in the order of the enum."""
    in_use = Processor.objects.filter(active=True)
    overdue = set(Processor.objects.assessment_overdue(today()).values_list("kind", flat=True))
    found = []
    for kind in ProcessorKind:
        places = list(in_use.filter(kind=kind).values_list("country", "hosting_country"))
        if places:
            of_companies, of_systems = zip(*places, strict=True)
            found.append(
                PublicProcessors(
                    key=kind.value,
                    label=str(WORK[kind]),
                    countries=_names(of_companies),
                    systems=_names(of_systems),
                    assessed=kind.value not in overdue,
                )
            )
    return found


def _names(codes: tuple[str, ...]) -> list[str]:
    return sorted({str(COUNTRIES[code]) for code in codes})
