"""Which data is held, for what, on which basis, and who gets it (C09–C25)."""

from privacy_notice.facts.words import ENTRIES, Named, distinct, label, named
from register.inventory import Declaration, inventory
from register.inventory.vocabulary import Category, Purpose, Recipient, Subject


class PublicCategory(Named):
    """One category of data about clients."""

    fields: list[str]
    purposes: list[Named]
    legal_bases: list[Named]


class PublicPurpose(Named):
    categories: list[Named]


class PublicRecipient(Named):
    fields: list[str]


def categories() -> list[PublicCategory]:
    """Return the categories in which data about clients is held, in the order of the enum.

    Data about staff that a client's row mentions (who wrote a note) is among its entries.
    """
    return [
        {
            **named(category),
            "fields": labels,
            "purposes": [named(each) for each in inventory.terms(category).purposes],
            "legal_bases": [named(each) for each in inventory.legal_bases(category)],
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
            labels := distinct(
                label(model, name) for model, name in inventory.allow_list(recipient)
            )
        )
    ]


def _field_labels(category: Category) -> list[str]:
    """What the category holds about clients; the register's own entries by one word."""
    held = [each for each in inventory.of(Subject.CLIENT) if category in each.categories]
    labels = [
        label(declaration.model, name)
        for declaration in held
        for name, field in declaration.personal.items()
        if field.category is category
    ]
    return distinct([*labels, *([str(ENTRIES)] if any(map(has_entries, held)) else [])])


def has_entries(declaration: Declaration) -> bool:
    """Whether rows about clients hold more about them: who of the staff made them counts too."""
    of_staff = any(field.category is Category.STAFF for field in declaration.personal.values())
    return bool(declaration.entries) or of_staff
