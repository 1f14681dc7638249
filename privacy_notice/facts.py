"""What the notice says of the data, read from the inventory (C09–C25, C44, C45).

Nothing here repeats a fact of the inventory: a field declared there appears on the page.

Each function gives what one block shows: strings, numbers, lists and dicts in the language that is
on, which can be stored with a published version and compared with another day's.
"""

from collections.abc import Iterable
from typing import TypedDict

from django.apps import apps
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from register.conf import BACKUP_DAYS, register_settings
from register.inventory.registry import Declaration, inventory
from register.inventory.vocabulary import (
    Category,
    LegalBasis,
    Purpose,
    Recipient,
    RetentionOutcome,
    Subject,
)
from register.models import Controller
from register.models.orders import NoteBasis

Label = str | Promise

# Of the controller's settings: how the row is kept, and nothing of the company.
NOT_PUBLISHED = ("id", "version", "site")

# Columns whose own label speaks to the staff or is missing. Only the words are given here:
# whether a field is shown is the inventory's decision.
PUBLIC_LABELS: dict[str, Label] = {
    "register.AccessLogSubject.client": _("when and why the data was used"),
    "register.Assignment.user": _("counsellor"),
    "register.Feedback.answers_encrypted": _("answers to the feedback form"),
    "register.Hold.ground": _("why the erasure is postponed"),
    "register.Hold.reason_encrypted": _("why the erasure is postponed"),
    "register.LikelyDuplicate.client": _("suspicion that the same person is recorded twice"),
    "register.LikelyDuplicate.other": _("suspicion that the same person is recorded twice"),
    "register.Note.text_encrypted": _("counsellor's notes"),
    "register.ServiceOrder.specification_encrypted": _("specification of the service"),
}
ERASED_IN_JANUARY = _("Erased in the January after the year in which the service ended.")
ERASED_AFTER_RECEIPT = _("Erased in the January after the year in which it was received.")
COUNTED_IN_JANUARY = _(
    "Erased in the January after the year in which the service ended; "
    "only a count that tells nothing of a person remains."
)
# Nothing erases it today (O8).
OWN_CLOCK = _("Kept for the time being: when it is erased is not settled yet.")


class Named(TypedDict):
    """What the inventory knows by a key, and what the public calls it."""

    key: str
    label: str


class PublicCategory(Named):
    """One category of data about clients."""

    fields: list[str]
    purposes: list[Named]
    legal_bases: list[Named]


class PublicPurpose(Named):
    categories: list[Named]


class PublicRecipient(Named):
    fields: list[str]


class PublicPeriod(Named):
    """How long one kind of data is kept, in words."""

    period: str


class PublicRetention(TypedDict):
    rows: list[PublicPeriod]
    backup_days: int


def controller(found: Controller) -> dict[str, str]:
    """Return what is published of the controller, by the names of the settings (C03, C05–C08)."""
    names = inventory[found._meta.label].fields
    return {name: str(getattr(found, name)) for name in names if name not in NOT_PUBLISHED}


def categories() -> list[PublicCategory]:
    """Return the categories in which data about clients is held, in the order of the enum.

    Data about staff that a client's row mentions (who wrote a note) is not the client's.
    """
    return [
        {
            **named(category),
            "fields": labels,
            "purposes": [named(each) for each in inventory.terms(category).purposes],
            "legal_bases": [named(each) for each in _legal_bases(category)],
        }
        for category in Category
        if category is not Category.STAFF and (labels := _field_labels(category))
    ]


def purposes() -> list[PublicPurpose]:
    """Return each purpose for which data about clients is used, and the categories it needs."""
    held = categories()
    return [
        {
            **named(purpose),
            "categories": [
                named(Category(each["key"])) for each in held if named(purpose) in each["purposes"]
            ],
        }
        for purpose in Purpose
        if any(named(purpose) in each["purposes"] for each in held)
    ]


def recipients() -> list[PublicRecipient]:
    """Return who gets which fields; a recipient who gets none is left out (C24, C25)."""
    return [
        {**named(recipient), "fields": labels}
        for recipient in Recipient
        if (
            labels := _distinct(
                label(model, name) for model, name in inventory.allow_list(recipient)
            )
        )
    ]


def retention() -> PublicRetention:
    """Return how long each kind of data is kept, and for how long backups outlive it (R13)."""
    return {
        "rows": [
            {"key": each["key"], "label": each["label"], "period": period(Category(each["key"]))}
            for each in categories()
        ],
        "backup_days": BACKUP_DAYS,
    }


def named(choice: TextChoices) -> Named:
    return {"key": str(choice.value), "label": str(choice.label)}


def label(model: str, name: str) -> str:
    """Return what the public reads for a field: its own label, unless it has better words."""
    field = apps.get_model(model)._meta.get_field(name)
    return str(PUBLIC_LABELS.get(f"{model}.{name}", getattr(field, "verbose_name", name)))


def period(category: Category) -> str:
    """Return in words how long the category's data is kept (C44–C46)."""
    at_end = inventory.terms(category).at_end
    if at_end is RetentionOutcome.KEPT_FOR_BOOKKEEPING:
        return str(
            _(
                "Kept for %(years)d years from the end of the calendar year in which the "
                "accounting period ended, as the Accounting Act requires."
            )
            % {"years": register_settings.VOUCHER_YEARS}
        )
    with_service = any(declaration.erased_with for declaration in _about_clients(category))
    return str(
        {
            RetentionOutcome.ERASED: ERASED_IN_JANUARY if with_service else ERASED_AFTER_RECEIPT,
            RetentionOutcome.COUNTED: COUNTED_IN_JANUARY,
            RetentionOutcome.OWN_CLOCK: OWN_CLOCK,
        }[at_end]
    )


def _field_labels(category: Category) -> list[str]:
    return _distinct(
        label(declaration.model, name)
        for declaration, name, _field in inventory.in_category(category)
        if declaration.subject is Subject.CLIENT
    )


def _about_clients(category: Category) -> list[Declaration]:
    return [
        declaration
        for declaration, _name, _field in inventory.in_category(category)
        if declaration.subject is Subject.CLIENT
    ]


def _legal_bases(category: Category) -> tuple[LegalBasis, ...]:
    """The category's basis; a note states its own, which may be another one (C20)."""
    bases = [inventory.terms(category).legal_basis]
    if category is Category.CONTENT:
        bases += [basis.legal_basis for basis in NoteBasis]
    return tuple(dict.fromkeys(bases))


def _distinct(labels: Iterable[str]) -> list[str]:
    """Each label once, in the order met, with a capital first letter."""
    return list(dict.fromkeys(capfirst(each) for each in labels))
