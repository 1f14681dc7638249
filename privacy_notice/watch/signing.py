"""A person confirms what no software sees: locks, alarms, a firewall (C32, C37)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from privacy_notice.models import SignOff
from privacy_notice.promises.registry import promises
from register.access.gate import may_create
from register.access.standing import User, looking_anew
from register.domain.access_log.changing import add
from register.exceptions import NotAllowed, Stale


def last_number(clause: str) -> int:
    """Return the number of the last confirmation of the promise; 0 when there is none."""
    numbers = SignOff.objects.filter(clause=clause).order_by("-number")
    return numbers.values_list("number", flat=True).first() or 0


def confirm(*, clause: str, seen: int, by: User, today: date) -> SignOff:
    """Note that the person has looked at what the promise asks to be confirmed, on the day.

    Args:
        seen: the number of the last confirmation that the person saw; 0 for none.

    Raises NotAllowed to anyone but the main user and the data protection contact in good
    standing, and Stale when somebody else has confirmed it meanwhile. KeyError for a promise that
    nobody confirms.
    """
    if not promises()[clause].by_hand:
        raise KeyError(clause)
    with looking_anew():
        if not may_create(by, SignOff, today=today):
            raise NotAllowed
        if last_number(clause) != seen:
            raise Stale(SignOff._meta.label, clause)
        row = SignOff(clause=clause, number=seen + 1, confirmed_on=today, confirmed_by_id=by.pk)
        try:
            with transaction.atomic():
                return add(row, by=by, today=today, view="promise_confirm")
        except (IntegrityError, ValidationError):
            # Of two at the same moment the second takes a number that is taken.
            raise Stale(SignOff._meta.label, clause) from None
