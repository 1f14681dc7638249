"""What the public calls what the inventory knows by a key (C09–C25)."""

from collections.abc import Iterable
from typing import TypedDict

from django.apps import apps
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from register.inventory import inventory
from register.inventory.vocabulary import Category, LegalBasis

Label = str | Promise

# Columns whose own label speaks to the staff or is missing. Only the words are given here:
# whether a field is shown is the inventory's decision.
PUBLIC_LABELS: dict[str, Label] = {
    "register.AccessLogSubject.client": _("when and why the data was used"),
    "register.Assignment.user": _("counsellors responsible, and when"),
    "register.BookkeepingRow.amount": _("amount"),
    "register.Feedback.answers_encrypted": _("answers to the feedback form"),
    "register.Hold.ground": _("why the erasure is postponed"),
    "register.Hold.reason_encrypted": _("why the erasure is postponed"),
    "register.LikelyDuplicate.client": _("suspicion that the same person is recorded twice"),
    "register.LikelyDuplicate.other": _("suspicion that the same person is recorded twice"),
    "register.NoticeGiven.notice_version": _("of which versions of this notice one was told"),
    "register.Note.text_encrypted": _("counsellor's notes"),
    "register.ServiceOrder.specification_encrypted": _("specification of the service"),
}


# Where the law says that data may be processed on such a basis, or has to be.
LAW: dict[LegalBasis, Label] = {
    LegalBasis.CONSENT: _("GDPR, Art. 6(1)(a)"),
    LegalBasis.CONTRACT: _("GDPR, Art. 6(1)(b)"),
    LegalBasis.LEGAL_OBLIGATION: _("GDPR, Art. 6(1)(c)"),
    LegalBasis.LEGITIMATE_INTEREST: _("GDPR, Art. 6(1)(f)"),
}
# Which law obliges us, where a category rests on a legal obligation (O19).
OBLIGED_BY: dict[Category, Label] = {
    Category.BOOKKEEPING: _("Accounting Act (1336/1997), ch. 2, s. 10"),
    Category.PROTECTION: _("GDPR, Art. 5(2)"),
}


class Named(TypedDict):
    """What the inventory knows by a key, and what the public calls it."""

    key: str
    label: str


def named(choice: TextChoices) -> Named:
    return {"key": str(choice.value), "label": str(choice.label)}


class PublicBasis(Named):
    """A legal basis, and the place in the law that names it."""

    law: str


def basis_of(category: Category, basis: LegalBasis) -> PublicBasis:
    """Return the basis on which a category rests, with the law (C20, C21, O11, O19)."""
    laws = [str(LAW[basis])]
    if basis is LegalBasis.LEGAL_OBLIGATION and category in OBLIGED_BY:
        laws.append(str(OBLIGED_BY[category]))
    return {**named(basis), "law": "; ".join(laws)}


def label(model: str, name: str) -> str:
    """Return what the public reads for a field, with its parts: its own label, or better words."""
    field = inventory[model].personal.get(name)
    parts = [_word(model, part) for part in field.parts] if field else []
    return f"{_word(model, name)} ({', '.join(parts)})" if parts else _word(model, name)


def _word(model: str, name: str) -> str:
    field = apps.get_model(model)._meta.get_field(name)
    return str(PUBLIC_LABELS.get(f"{model}.{name}", getattr(field, "verbose_name", name)))


def distinct(labels: Iterable[str]) -> list[str]:
    """Each label once, in the order met, with a capital first letter."""
    return list(dict.fromkeys(capfirst(each) for each in labels))
