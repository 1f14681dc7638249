"""What the notice says of the data is the inventory's, with nothing repeated."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.utils.functional import Promise

from privacy_notice import facts
from register.inventory.registry import inventory
from register.inventory.vocabulary import Category, LegalBasis, Recipient, Subject

SHOWN = [
    (declaration.model, name)
    for declaration in inventory.of(Subject.CLIENT)
    for name, field in declaration.personal.items()
    if field.category is not Category.STAFF
]


def fields_of(category):
    return next(each["fields"] for each in facts.categories() if each["key"] == category)


def lowered(labels):
    return [str(each).casefold() for each in labels]


def test_the_clients_identity_is_exactly_five_facts():
    """C09–C13."""
    client = apps.get_model("register.Client")
    names = ("name", "email", "phone", "home_municipality", "birth_year")
    labels = [str(client._meta.get_field(name).verbose_name) for name in names]
    assert lowered(fields_of(Category.IDENTITY)) == lowered(labels)


def has_entries(category):
    return next(each["entries"] for each in facts.categories() if each["key"] == category)


@pytest.mark.parametrize("category", [each for each in Category if each is not Category.STAFF])
def test_it_is_told_where_the_register_has_entries_of_its_own(category):
    """C23: number, days, authors, times. The page says so once, below all categories."""
    assert has_entries(category)


def test_who_of_the_staff_made_it_is_an_entry_by_itself(monkeypatch):
    bare = replace(inventory["register.Note"], entries=())
    monkeypatch.setitem(inventory._declarations, "register.Note", bare)
    assert has_entries(Category.CONTENT)
    without = {name: field for name, field in bare.personal.items() if name != "author"}
    anonymous = replace(bare, personal=without)
    monkeypatch.setitem(inventory._declarations, "register.Note", anonymous)
    assert not has_entries(Category.CONTENT)


def test_what_is_a_part_of_something_is_told_with_it():
    """B07: the bill's month, amount and reference."""
    billed = fields_of(Category.BOOKKEEPING)[2]
    assert billed.casefold().startswith("laskutettava palvelu (")
    assert all(word in billed for word in ("kuukausi", "summa", "viite"))


@pytest.mark.parametrize(("model", "name"), SHOWN)
def test_every_personal_field_about_clients_is_shown_in_words(model, name):
    category = inventory[model].personal[name].category
    label = facts.label(model, name)
    assert label.casefold() in [each.casefold() for each in fields_of(category)]
    own = apps.get_model(model)._meta.get_field(name).verbose_name
    assert isinstance(facts.PUBLIC_LABELS.get(f"{model}.{name}", own), Promise), (
        "a label that the public reads can be translated"
    )


def test_a_field_that_is_added_to_the_inventory_appears(monkeypatch):
    declaration = inventory["register.Client"]
    sixth = {"register_number": inventory.personal(Category.IDENTITY)}
    grown = replace(declaration, personal={**declaration.personal, **sixth})
    monkeypatch.setitem(inventory._declarations, "register.Client", grown)
    assert len(fields_of(Category.IDENTITY)) == 6


def test_data_about_staff_is_not_listed_as_the_clients():
    assert Category.STAFF not in {each["key"] for each in facts.categories()}


def test_notes_state_both_of_their_legal_bases():
    """C20, C21."""
    content = next(e for e in facts.categories() if e["key"] == Category.CONTENT)
    bases = [basis["key"] for basis in content["legal_bases"]]
    assert bases == [LegalBasis.CONSENT, LegalBasis.LEGITIMATE_INTEREST]


def test_the_finance_provider_gets_three_fields():
    """C25."""
    (provider,) = facts.recipients()
    assert provider["key"] == Recipient.FINANCE_PROVIDER
    names = ("name", "email", "service_name")
    told = [facts.label("register.BookkeepingRow", name) for name in names]
    assert lowered(provider["fields"]) == lowered(told)
