"""Processors: who may get personal data, and whose assessment is due (C24, C26, C27, C40)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from register.access.standing import User
from register.domain.access_log.changing import add as add_row
from register.domain.access_log.changing import changing
from register.domain.access_log.changing import remove as remove_row
from register.exceptions import NoRecipient
from register.models import Processor
from register.models.processors import ProcessorKind, ProcessorQuerySet


def add(processor: Processor, *, by: User, today: date) -> Processor:
    """Put a processor on the register. NotAllowed unless a main user asks; ValidationError."""
    return add_row(processor, by=by, today=today, view="processor")


def change(
    processor: Processor,
    *,
    changes: Mapping[str, Any],
    seen: int | None,
    by: User,
    today: date,
) -> Processor:
    """Change a processor's record. Raises NotAllowed, Stale, Erased or ValidationError."""
    with changing(processor, by=by, today=today, seen=seen, view="processor") as change:
        change.set(**changes)
    return change.row


def remove(processor: Processor, *, seen: int | None, by: User, today: date) -> None:
    """Delete a processor. NotAllowed, Stale, Erased, or ProtectedError when it got something."""
    remove_row(processor, by=by, today=today, seen=seen, view="processor")


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
    overdue: ProcessorQuerySet = Processor.objects.assessment_overdue(today)
    return overdue
