"""How long data is kept, in the words of what the engine erases by (C44, C45, O8)."""

from collections import defaultdict
from datetime import timedelta
from typing import TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from privacy_notice.facts.data import categories
from privacy_notice.facts.words import Named, distinct, label, named
from register.conf import BACKUP_DAYS, register_settings
from register.inventory import (
    AfterTheYear,
    Awaited,
    Clock,
    Declaration,
    NamesAccount,
    Voucher,
    WithAccount,
    WithTheLog,
    WithUnit,
    inventory,
)
from register.inventory.ends import years
from register.inventory.vocabulary import Category, ErasureUnit, OwnPeriod, Subject

WITH_UNIT: dict[ErasureUnit, Promise] = {
    ErasureUnit.ORDER: _("Erased in the January after the year in which the service ended"),
    ErasureUnit.CLIENT: _("Erased in the January after the year in which the last service ended"),
}
UNIT_IN_SHORT: dict[ErasureUnit, Promise] = {
    ErasureUnit.ORDER: _("Until the January after the year of the service"),
    ErasureUnit.CLIENT: _("Until the January after the year of the last service"),
}
VOUCHER_IN_SHORT = _("%(years)d years from the end of the accounting year")
A_COUNT_REMAINS = _("only a count that tells nothing of a person remains")
AFTER_RECEIPT = _("Erased in the January after the year in which it was received")
OWN: dict[OwnPeriod, Promise] = {
    OwnPeriod.REQUESTS: ngettext_lazy(
        "Kept for %(years)d year after the request is closed",
        "Kept for %(years)d years after the request is closed",
        "years",
    ),
    OwnPeriod.LOG: ngettext_lazy(
        "Kept for %(years)d year after the use",
        "Kept for %(years)d years after the use",
        "years",
    ),
    OwnPeriod.BREACHES: ngettext_lazy(
        "Kept for %(years)d year after the matter is closed",
        "Kept for %(years)d years after the matter is closed",
        "years",
    ),
    OwnPeriod.STAFF: ngettext_lazy(
        "Kept for %(years)d year after the account is closed; the name for as long as an order, "
        "a note or the log tells of it",
        "Kept for %(years)d years after the account is closed; the name for as long as an order, "
        "a note or the log tells of it",
        "years",
    ),
}


SINCE = _("Kept for %(days)d days from this day: %(day)s")


class PublicPeriod(Named):
    """How long one kind of data is kept, in words."""

    period: str


class PublicRetention(TypedDict):
    rows: list[PublicPeriod]
    backup_days: int


def retention() -> PublicRetention:
    """Return how long each kind of data is kept, and for how long backups outlive it (R13).

    First what stands in the register; then what the owner's settings decide besides.
    """
    held = [Category(each["key"]) for each in categories()]
    told = {_own_period(found) for each in held for found in _about_clients(each)}
    rows: list[PublicPeriod] = [{**named(each), "period": period(each)} for each in held]
    for own in OwnPeriod:
        if own not in told:
            rows.append({**named(own), "period": f"{_of_its_own(own)}."})
    return {"rows": rows, "backup_days": BACKUP_DAYS}


def period(category: Category) -> str:
    """Return in words how long the category's data is kept.

    Where its models end differently, what is told last is told of by its fields.
    """
    fields = _endings(category)
    first, *others = fields
    sentences = [f"{first}."]
    for ending in others:
        sentences.append(f"{', '.join(distinct(fields[ending]))}: {ending[0].lower()}{ending[1:]}.")
    return " ".join(sentences)


def in_short(category: Category) -> str:
    """Return how most of the category's data ends, in a few words."""
    ends = [
        found.ends
        for found in _about_clients(category)
        for field in found.personal.values()
        if field.category is category
    ]
    match max(ends, key=ends.count):
        case WithUnit(unit):
            return str(UNIT_IN_SHORT[unit])
        case Voucher():
            return str(VOUCHER_IN_SHORT % {"years": register_settings.VOUCHER_YEARS})
        case _other:
            return next(iter(_endings(category))).partition("; ")[0]


def _endings(category: Category) -> dict[str, list[str]]:
    """Return each way in which the category's data ends, and of what: first that of the most."""
    fields: dict[str, list[str]] = defaultdict(list)
    for found in _about_clients(category):
        for name, field in found.personal.items():
            if field.category is category:
                fields[_ending(found)].append(label(found.model, name))
    return dict(sorted(fields.items(), key=lambda each: -len(each[1])))


def _about_clients(category: Category) -> list[Declaration]:
    return [each for each in inventory.of(Subject.CLIENT) if category in each.categories]


def _own_period(declaration: Declaration) -> OwnPeriod | None:
    match declaration.ends:
        case (
            Awaited(OwnPeriod() as own)
            | Clock(kept_for=OwnPeriod() as own)
            | WithTheLog(kept_for=own)
        ):
            return own
        case WithAccount() | NamesAccount():
            return OwnPeriod.STAFF
    return None


def _ending(declaration: Declaration) -> str:
    """Return how the model's rows end, as the first part of a sentence."""
    match declaration.ends:
        case WithUnit(unit):
            words = [str(WITH_UNIT[unit])]
        case AfterTheYear():
            words = [str(AFTER_RECEIPT)]
        case Voucher():
            words = [
                str(
                    _(
                        "Kept for %(years)d years from the end of the calendar year in which the "
                        "accounting period ended, as the Accounting Act requires"
                    )
                    % {"years": register_settings.VOUCHER_YEARS}
                )
            ]
        case (
            Awaited(OwnPeriod() as own)
            | Clock(kept_for=OwnPeriod() as own)
            | WithTheLog(kept_for=own)
        ):
            words = [_of_its_own(own)]
        case WithAccount() | NamesAccount():
            words = [_of_its_own(OwnPeriod.STAFF)]
        case Clock(field, timedelta() as kept_for):
            day = label(declaration.model, field)
            words = [str(SINCE % {"days": kept_for.days, "day": day})]
        case _nothing:
            raise LookupError(f"Nothing is declared to end {declaration.model}.")
    return "; ".join([*words, *([str(A_COUNT_REMAINS)] if declaration.counted else [])])


def _of_its_own(own: OwnPeriod) -> str:
    return str(OWN[own] % {"years": years(own)})
