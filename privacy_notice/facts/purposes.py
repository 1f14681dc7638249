"""For what data is used, with what belongs to each purpose (C19–C21, C24, C44)."""

from collections import defaultdict
from collections.abc import Iterable

from privacy_notice.facts.data import bases, categories
from privacy_notice.facts.periods import in_short
from privacy_notice.facts.words import Named, PublicBasis, named
from register.inventory import inventory
from register.inventory.terms import DISCLOSED_FOR
from register.inventory.vocabulary import Category, Purpose, Recipient


class PublicPurpose(Named):
    """One purpose: which data it needs, on which bases, who gets any, and for how long."""

    categories: list[Named]
    legal_bases: list[PublicBasis]
    recipients: list[Named]
    periods: list[str]


def purposes() -> list[PublicPurpose]:
    """Return each purpose for which data about clients is used, in the order of the enum."""
    held = [Category(each["key"]) for each in categories()]
    return [
        {
            **named(purpose),
            "categories": [named(each) for each in used],
            "legal_bases": _each_once(basis for each in used for basis in bases(each)),
            "recipients": [named(each) for each in _recipients(purpose)],
            "periods": _periods(used),
        }
        for purpose in Purpose
        if (used := [each for each in held if purpose in inventory.terms(each).purposes])
    ]


def _recipients(purpose: Purpose) -> list[Recipient]:
    return [
        recipient
        for recipient, purposes in DISCLOSED_FOR.items()
        if purpose in purposes and inventory.allow_list(recipient)
    ]


def _periods(used: list[Category]) -> list[str]:
    """Return how long the data is kept: by its category, where they are kept differently."""
    ends: dict[str, list[str]] = defaultdict(list)
    for category in used:
        ends[in_short(category)].append(str(category.label))
    if len(ends) == 1:
        return [f"{ending}." for ending in ends]
    return [f"{_listed(labels)}: {_inside(ending)}." for ending, labels in ends.items()]


def _listed(labels: list[str]) -> str:
    first, *others = labels
    return ", ".join([first, *map(_inside, others)])


def _inside(words: str) -> str:
    """Return the words as they stand inside a sentence."""
    return words[0].lower() + words[1:]


def _each_once(bases: Iterable[PublicBasis]) -> list[PublicBasis]:
    found: list[PublicBasis] = []
    for basis in bases:
        if basis not in found:
            found.append(basis)
    return found
