"""Who may get personal data, and whose assessment is due (C24, C26, C27, C40)."""

from datetime import date

from django.db.models import Q

from register.conf import register_settings
from register.enums import ProcessorKind
from register.exceptions import NoRecipient
from register.models import Processor
from register.models.processors import ProcessorQuerySet


def finance_provider(today: date) -> Processor:
    """Return the finance provider to whom billing may be disclosed on the day.

    With several, the one with the newest contract. NoRecipient when none is in use under a
    contract that is valid on the day (C40).
    """
    provider = (
        Processor.objects.under_contract(today)
        .filter(kind=ProcessorKind.FINANCE)
        .order_by("-contract_signed_on", "-pk")
        .first()
    )
    if provider is None:
        raise NoRecipient("No finance provider is in use under a valid contract.")
    return provider


def overdue_assessments(today: date) -> ProcessorQuerySet:
    """Return the processors in use whose security was assessed too long ago, or never (C27)."""
    due = today - register_settings.ASSESSMENT_VALID
    overdue: ProcessorQuerySet = Processor.objects.filter(
        Q(security_assessed_on=None) | Q(security_assessed_on__lt=due), active=True
    )
    return overdue
