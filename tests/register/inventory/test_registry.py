"""C09–C13, C19, C21, C23: each field is classified once, and as the notice says."""

from dataclasses import replace

import pytest
from django.apps import apps

from register.db.keys import keys_of
from register.inventory import Awaited
from register.inventory.registry import Declaration, Inventory, Terms, inventory
from register.inventory.vocabulary import (
    Category,
    ErasureUnit,
    LegalBasis,
    OwnPeriod,
    Purpose,
    Recipient,
    Subject,
)

CLIENT_DATA = {
    "C09": "name",
    "C10": "email",
    "C11": "phone",
    "C12": "home_municipality",
    "C13": "birth_year",
}
OWN_APPS = ("register", "privacy_notice", "home", "futuuri_site")


def personal_fields():
    return [
        (declaration.model, name, field)
        for declaration in inventory
        for name, field in declaration.personal.items()
    ]


def test_a_client_has_exactly_the_five_facts_of_the_notice():
    fields = inventory["register.Client"].personal
    by_clause = {clause: name for name, field in fields.items() for clause in field.clauses}
    assert {clause: by_clause[clause] for clause in CLIENT_DATA} == CLIENT_DATA
    assert set(fields) == set(CLIENT_DATA.values())
    assert {field.category for field in fields.values()} == {Category.IDENTITY}


def test_the_client_table_has_no_column_beyond_the_five_and_the_registers_own():
    columns = {field.name for field in apps.get_model("register.Client")._meta.local_fields}
    assert columns - set(CLIENT_DATA.values()) == {
        "id",
        "register_number",
        "created_on",
        "restricted_on",
        "version",
        *inventory["register.Client"].derived,
    }


def test_what_is_derived_from_the_five_is_no_sixth_fact():
    client = inventory["register.Client"]
    keys = keys_of(apps.get_model("register.Client"))
    assert [key.name for key in keys] == list(client.derived)
    known = {*client.personal, "register_number"}
    assert {source for key in keys for source in key.sources} <= known
    assert set(client.derived) <= set(client.telling_of_people)


def test_only_derived_keys_are_called_derived():
    for declaration in inventory:
        keys = {key.name for key in keys_of(apps.get_model(declaration.model))}
        assert set(declaration.derived) == keys, declaration.model


def test_identity_is_kept_nowhere_else():
    models = {declaration.model for declaration, _, _ in inventory.in_category(Category.IDENTITY)}
    assert models == {"register.Client"}


@pytest.mark.parametrize("model", list(apps.get_models()), ids=lambda model: model._meta.label)
def test_every_model_is_classified(model):
    assert model._meta.label in inventory


@pytest.mark.parametrize("declaration", list(inventory), ids=lambda declaration: declaration.model)
def test_every_field_is_classified_and_nothing_else(declaration):
    model = apps.get_model(declaration.model)
    fields = model._meta.local_fields + model._meta.local_many_to_many
    assert set(declaration.fields) == {field.name for field in fields}


def test_our_own_models_are_declared_field_by_field():
    own = {m._meta.label for m in apps.get_models() if m._meta.app_label in OWN_APPS}
    assert own <= {declaration.model for declaration in inventory}


def test_every_personal_field_has_a_legal_basis_purposes_and_an_end():
    for model, name, field in personal_fields():
        assert inventory.legal_bases(field.category), (model, name)
        assert inventory.terms(field.category).purposes, (model, name)
        assert inventory[model].ends is not None, (model, name)


def test_clients_data_stands_on_the_two_stated_bases_or_on_a_legal_duty():
    bases = {
        category: inventory.legal_bases(category)
        for category in (Category.IDENTITY, Category.SERVICE, Category.CONTENT)
    }
    assert bases == {
        Category.IDENTITY: (LegalBasis.LEGITIMATE_INTEREST,),
        Category.SERVICE: (LegalBasis.LEGITIMATE_INTEREST,),
        Category.CONTENT: (LegalBasis.CONSENT, LegalBasis.LEGITIMATE_INTEREST),
    }


def test_the_owner_can_state_another_basis(settings):
    """O11, O19: bookkeeping rests on a legal obligation, unless the owner states otherwise."""
    assert inventory.legal_bases(Category.BOOKKEEPING) == (LegalBasis.LEGAL_OBLIGATION,)
    other = {"bookkeeping": ["legitimate_interest", "contract"]}
    settings.REGISTER = {**settings.REGISTER, "LEGAL_BASES": other}
    assert inventory.legal_bases(Category.BOOKKEEPING) == (
        LegalBasis.LEGITIMATE_INTEREST,
        LegalBasis.CONTRACT,
    )
    assert inventory.legal_bases(Category.SERVICE) == (LegalBasis.LEGITIMATE_INTEREST,)


def test_nothing_is_held_for_marketing():
    assert not [value for value in Purpose.values if "market" in value]
    stated = {Purpose.GUIDANCE, Purpose.BILLING, Purpose.FEEDBACK}
    for category in (Category.IDENTITY, Category.SERVICE, Category.CONTENT, Category.FEEDBACK):
        purposes = inventory.terms(category).purposes
        assert purposes[0] in stated
        assert set(purposes) <= stated | {Purpose.RIGHTS, Purpose.ADMINISTRATION}


def test_the_finance_provider_may_get_name_email_and_billed_service_only():
    assert inventory.allow_list(Recipient.FINANCE_PROVIDER) == [
        ("register.Client", "name"),
        ("register.Client", "email"),
        ("register.BookkeepingRow", "name"),
        ("register.BookkeepingRow", "email"),
        ("register.BookkeepingRow", "service_name"),
    ]


@pytest.mark.parametrize(
    "declaration", inventory.of(Subject.CLIENT), ids=lambda declaration: declaration.model
)
def test_paths_to_client_and_unit_are_real_lookups(declaration):
    queryset = apps.get_model(declaration.model)._base_manager.all()
    if declaration.client_path:
        str(queryset.values(declaration.client_path).query)


def test_what_ends_with_an_order_or_a_client_is_known_by_it():
    """C44."""
    by_unit = {unit: [found.model for found in inventory.erased_with(unit)] for unit in ErasureUnit}
    assert by_unit == {
        ErasureUnit.ORDER: ["register.Note", "register.ServiceOrder"],
        ErasureUnit.CLIENT: [
            "register.Client",
            "register.Assignment",
            "register.LikelyDuplicate",
            "register.NoticeGiven",
            "register.Hold",
        ],
    }


def test_the_owners_periods_are_awaited_until_something_erases_by_them(monkeypatch):
    """O8."""
    assert inventory.awaited() == [OwnPeriod.REQUESTS, OwnPeriod.BREACHES]
    found = replace(inventory["register.RegisterLogEntry"], ends=Awaited(OwnPeriod.LOG))
    monkeypatch.setitem(inventory._declarations, found.model, found)
    assert OwnPeriod.LOG in inventory.awaited()


def test_what_is_a_part_of_what_a_recipient_gets_is_known():
    """B07."""
    assert inventory.parts(Recipient.FINANCE_PROVIDER) == ["month", "amount", "reference"]
    assert inventory.parts(Recipient.HOSTING_PROVIDER) == []


def test_a_model_is_declared_once():
    own = Inventory()
    own.declare(Declaration(model="register.X"))
    with pytest.raises(ValueError, match="declared twice"):
        own.declare(Declaration(model="register.X"))


def test_a_personal_field_needs_the_terms_of_its_category():
    with pytest.raises(KeyError):
        Inventory().personal(Category.IDENTITY)


def test_a_field_takes_the_terms_of_its_category():
    own = Inventory()
    terms = Terms(purposes=(Purpose.GUIDANCE,), legal_bases=(LegalBasis.CONSENT,))
    own.set_terms(Category.CONTENT, terms)
    field = own.personal(Category.CONTENT, "C18", recipients=[Recipient.HOSTING_PROVIDER])
    own.declare(Declaration(model="register.X", personal={"text": field}, not_personal=("id",)))
    assert own.terms(field.category) == terms
    assert own.purposes(own["register.X"]) == (Purpose.GUIDANCE,)
    assert own["register.X"].personal == {"text": field}
    assert own.allow_list(Recipient.HOSTING_PROVIDER) == [("register.X", "text")]
    assert own.allow_list(Recipient.FINANCE_PROVIDER) == []


def test_a_companion_with_somebodys_data_says_what_purges_it():
    for companion in inventory.third_party():
        assert (companion.subject is Subject.NOBODY) == (companion.purged_by == "")
