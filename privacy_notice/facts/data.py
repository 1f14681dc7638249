"""Which data is held, for what, on which basis, and who gets it (C09–C25)."""

from privacy_notice.facts.words import Named, PublicBasis, basis_of, distinct, label, named
from register.inventory import Declaration, inventory
from register.inventory.vocabulary import Category, Recipient, Subject


class PublicCategory(Named):
    """One category of data about clients. `entries`: whether the register adds its own (C23)."""

    fields: list[str]
    entries: bool
    purposes: list[Named]
    legal_bases: list[PublicBasis]


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
            "entries": any(map(has_entries, _about_clients(category))),
            "purposes": [named(each) for each in inventory.terms(category).purposes],
            "legal_bases": bases(category),
        }
        for category in Category
        if category is not Category.STAFF and (labels := _field_labels(category))
    ]


def bases(category: Category) -> list[PublicBasis]:
    return [basis_of(category, each) for each in inventory.legal_bases(category)]


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


def _about_clients(category: Category) -> list[Declaration]:
    return [each for each in inventory.of(Subject.CLIENT) if category in each.categories]


def _field_labels(category: Category) -> list[str]:
    """What the category holds about clients, but for the register's own entries."""
    return distinct(
        label(declaration.model, name)
        for declaration in _about_clients(category)
        for name, field in declaration.personal.items()
        if field.category is category
    )


def has_entries(declaration: Declaration) -> bool:
    """Whether rows about clients hold more about them: who of the staff made them counts too."""
    of_staff = any(field.category is Category.STAFF for field in declaration.personal.values())
    return bool(declaration.entries) or of_staff
