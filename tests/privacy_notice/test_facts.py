"""What the notice says of the data is the inventory's, with nothing repeated."""

import json
from dataclasses import replace

import pytest
from django.apps import apps
from django.utils.functional import Promise

from privacy_notice import facts
from register.inventory.registry import inventory
from register.inventory.vocabulary import Category, LegalBasis, Purpose, Recipient, Subject
from register.models import Controller

SHOWN = [
    (declaration.model, name)
    for declaration in inventory.of(Subject.CLIENT)
    for name, field in declaration.personal.items()
    if field.category is not Category.STAFF
]


def fields_of(category):
    return next(each["fields"] for each in facts.categories() if each["key"] == category)


def test_the_clients_identity_is_exactly_five_facts():
    """C09–C13."""
    client = apps.get_model("register.Client")
    names = ("name", "email", "phone", "home_municipality", "birth_year")
    labels = [str(client._meta.get_field(name).verbose_name) for name in names]
    assert [each.casefold() for each in fields_of(Category.IDENTITY)] == [
        label.casefold() for label in labels
    ]


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


def test_the_notices_own_purposes_are_among_those_shown():
    """C19."""
    shown = [each["key"] for each in facts.purposes()]
    assert shown[:3] == [Purpose.GUIDANCE, Purpose.BILLING, Purpose.FEEDBACK]
    assert Purpose.ADMINISTRATION not in shown


def test_the_finance_provider_gets_three_fields():
    """C25."""
    (provider,) = facts.recipients()
    assert provider["key"] == Recipient.FINANCE_PROVIDER
    row = apps.get_model("register.BookkeepingRow")
    names = ("name", "email", "service_name")
    assert [each.casefold() for each in provider["fields"]] == [
        str(row._meta.get_field(name).verbose_name).casefold() for name in names
    ]


def test_the_time_that_bookkeeping_is_kept_is_the_settings(settings):
    """C45."""
    settings.REGISTER = {**settings.REGISTER, "VOUCHER_YEARS": 9}
    assert "9" in facts.period(Category.BOOKKEEPING)


def test_every_category_has_a_retention_time():
    assert all(row["period"] for row in facts.retention()["rows"])


def test_each_block_gets_plain_data_that_can_be_stored():
    """Nothing is left in it that is translated or counted later."""
    given = [
        facts.controller(Controller(name="Oy Ab", street_address="Katu 1")),
        facts.categories(),
        facts.purposes(),
        facts.recipients(),
        facts.retention(),
    ]
    assert json.loads(json.dumps(given)) == given
