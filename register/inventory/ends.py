"""How the rows of a model end (C44–C46, O8).

The engine erases by what is declared, and the notice says the same. What nothing erases yet is
declared as awaited: then the promise is not yet kept.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from register.conf import register_settings
from register.reference.clock import years_before

from .vocabulary import ErasureUnit, OwnPeriod


@dataclass(frozen=True, slots=True)
class WithUnit:
    """Erased with a service order, or with the client.

    Attributes:
        path: lookup from a row to the unit's key.
    """

    unit: ErasureUnit
    path: str


@dataclass(frozen=True, slots=True)
class AfterTheYear:
    """Erased in the January after the year in which it was received."""

    field: ClassVar[str] = "received_on"


@dataclass(frozen=True, slots=True)
class Voucher:
    """Erased after the last day that the Accounting Act asks for, which the row names (R09)."""

    field: ClassVar[str] = "keep_until"


@dataclass(frozen=True, slots=True)
class Clock:
    """Erased when the day in the field is longer ago than a period of its own."""

    field: str
    kept_for: timedelta | OwnPeriod

    def first_kept(self, today: date) -> date:
        """Return the first day whose rows are not over yet."""
        if isinstance(self.kept_for, OwnPeriod):
            return years_before(today, years(self.kept_for))
        return today - self.kept_for


@dataclass(frozen=True, slots=True)
class WithAccount:
    """Erased when the staff's account has been closed for longer than the owner's period (O8).

    A closed member's own row is emptied then, and stays for the name alone until nothing names
    the member any more.

    Attributes:
        path: lookup from a row to the member's key; "pk" for the member's own row.
    """

    kept_for: ClassVar[OwnPeriod] = OwnPeriod.STAFF
    path: str


@dataclass(frozen=True, slots=True)
class NamesAccount:
    """The row stays, as something that was done; who did it is emptied with the account (O8)."""

    kept_for: ClassVar[OwnPeriod] = OwnPeriod.STAFF


@dataclass(frozen=True, slots=True)
class WithTheLog:
    """Erased with the log of use, in whole sealed segments, after the owner's period (O8)."""

    kept_for: ClassVar[OwnPeriod] = OwnPeriod.LOG

    def first_kept(self, today: date) -> date:
        """Return the first day of which nothing is erased yet."""
        return years_before(today, years(self.kept_for))


@dataclass(frozen=True, slots=True)
class Awaited:
    """Kept for a time that the owner decides, by which nothing erases yet (O8)."""

    kept_for: OwnPeriod


End = WithUnit | AfterTheYear | Voucher | Clock | WithAccount | NamesAccount | WithTheLog | Awaited


def years(period: OwnPeriod) -> int:
    """Return how many years the owner has decided."""
    return int(getattr(register_settings, period.value))
