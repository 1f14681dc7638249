"""What is declared is changed: engine and words change together, or `manage.py check` fails.

C19–C21, C24, C25, C44–C46: nothing that the notice prints can be changed by itself.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.checks import run_checks

from privacy_notice import facts
from register.access.standing import SYSTEM
from register.domain import statistics
from register.domain.access_log.recording import record
from register.domain.billing import bookkeeping
from register.domain.erasure import engine
from register.exceptions import UndeclaredPurpose
from register.inventory import (
    AfterTheYear,
    Awaited,
    Clock,
    Voucher,
    WithAccount,
    WithUnit,
    inventory,
)
from register.inventory.vocabulary import (
    Category,
    ErasureUnit,
    LegalBasis,
    OwnPeriod,
    Purpose,
    Recipient,
    Subject,
)
from register.models import (
    BookkeepingRow,
    Client,
    Feedback,
    ServiceOrder,
    StatisticTally,
)
from register.models.access_log import Action
from tests.factories import BookkeepingRowFactory, ServiceOrderFactory

TODAY = date(2026, 11, 26)
ABOUT_CLIENTS = [declaration.model for declaration in inventory.of(Subject.CLIENT)]


@pytest.fixture
def declare(monkeypatch):
    """Declare a model otherwise for one test."""

    def change(model, **changes):
        changed = replace(inventory[model], **changes)
        monkeypatch.setitem(inventory._declarations, model, changed)

    return change


@pytest.fixture
def set_terms(monkeypatch):
    """Give a category other terms for one test."""

    def change(category, **changes):
        changed = replace(inventory.terms(category), **changes)
        monkeypatch.setitem(inventory._terms, category, changed)

    return change


def refused():
    """Return what `manage.py check` finds wrong."""
    return {problem.id for problem in run_checks(tags=["register"])}


def words():
    return {row["key"]: row["period"] for row in facts.retention()["rows"]}


def told_of(category):
    return next(each for each in facts.categories() if each["key"] == category)


def what_the_engine_does(label):
    """Return with what the model's rows are erased, and which of them end by themselves."""
    model = apps.get_model(label)
    with_unit = [unit for unit in ErasureUnit if model in engine.in_order_of_deletion(unit)]
    over = engine.over(model, today=TODAY).query
    return with_unit, model in engine.OF_THE_LOG, None if over.is_empty() else str(over)


# --- how it ends

OTHER_ENDS = [
    *(WithUnit(unit, path) for unit in ErasureUnit for path in ("pk", "order", "client")),
    AfterTheYear(),
    Voucher(),
    *(
        Clock(field, period)
        for field in ("created_on", "received_on", "entered_on", "keep_until", "met_on", "set_on")
        for period in (timedelta(days=40), OwnPeriod.REQUESTS)
    ),
    WithAccount("client"),
    WithAccount("pk"),
    Awaited(OwnPeriod.BREACHES),
    None,
]


@pytest.mark.parametrize("label", ABOUT_CLIENTS)
def test_another_end_changes_engine_and_words_or_is_refused(declare, label):
    assert refused() == set()
    before, did = words(), what_the_engine_does(label)
    declared = inventory[label].ends
    accepted = []
    for ends in OTHER_ENDS:
        if ends == declared:
            continue
        declare(label, ends=ends)
        if not refused():
            accepted.append(ends)
            assert words() != before, ends
            # Until something erases by it, a time that is awaited is only said: not yet (C23).
            if not isinstance(ends, Awaited) or not isinstance(declared, Awaited):
                assert what_the_engine_does(label) != did, ends
        declare(label, ends=declared)
    if label in ("register.Feedback", "register.BookkeepingRow"):
        assert accepted


@pytest.mark.django_db
def test_feedback_with_another_time_is_erased_by_it_and_the_page_says_so(declare):
    old, new = (Feedback(answers="[]", received_on=TODAY - timedelta(days=n)) for n in (41, 40))
    old.save()
    new.save()
    assert not engine.due_feedback(today=TODAY).exists()
    declare("register.Feedback", ends=Clock("received_on", timedelta(days=40)))
    assert list(engine.due_feedback(today=TODAY)) == [old]
    assert "40 päivää" in words()[Category.FEEDBACK]
    assert refused() == set()


@pytest.mark.django_db
def test_a_voucher_that_ends_with_its_order_is_erased_with_it_and_the_page_says_so(declare):
    row = BookkeepingRowFactory(order=ServiceOrderFactory())
    declare("register.BookkeepingRow", ends=WithUnit(ErasureUnit.ORDER, "order"))
    assert words()[Category.BOOKKEEPING].startswith("Poistetaan palvelun")
    assert refused() == set()
    order = row.order
    engine.erase(
        orders={order.pk: order.client_id},
        clients=[],
        today=TODAY,
        view="test",
        announce=lambda records: None,
    )
    assert not BookkeepingRow.objects.exists()


@pytest.mark.django_db
def test_what_is_not_counted_is_not_said_to_be_counted(declare):
    """C46."""
    ServiceOrderFactory(starts_on=date(2025, 1, 1), planned_end=date(2025, 6, 1))
    orders = ServiceOrder.objects.all()
    declare("register.ServiceOrder", counted=())
    assert "lukumäärä" not in words()[Category.SERVICE]
    statistics.tally(orders)
    assert not StatisticTally.objects.exists()
    declare("register.ServiceOrder", counted=("service", "manner", "office"))
    assert "lukumäärä" in words()[Category.SERVICE]
    statistics.tally(orders)
    assert StatisticTally.objects.count() == 1


@pytest.mark.parametrize("counted", [("service",), ("counsellor",), ("service", "manner")])
def test_counting_by_other_fields_than_there_is_room_for_is_refused(declare, counted):
    """C46."""
    declare("register.ServiceOrder", counted=counted)
    assert refused() == {"register.E022"}


# --- the owner's settings


@pytest.mark.parametrize("years", [6, 9])
def test_the_years_of_vouchers_are_those_of_the_engine(settings, years):
    """R09."""
    settings.REGISTER = {**settings.REGISTER, "VOUCHER_YEARS": years}
    assert bookkeeping.keep_until(TODAY) == date(2026 + years, 12, 31)
    assert f"{years} vuotta" in words()[Category.BOOKKEEPING]


@pytest.mark.django_db
@pytest.mark.parametrize("own", OwnPeriod)
def test_a_time_of_the_owner_is_one_for_engine_and_page(settings, declare, own):
    """O8: of whatever is declared to end by it."""
    old = Feedback(answers="[]", received_on=TODAY - timedelta(days=3 * 366))
    old.save()
    declare("register.Feedback", ends=Clock("received_on", own))
    for years, due in ((4, False), (3, True), (2, True)):
        settings.REGISTER = {**settings.REGISTER, own.value: years}
        assert engine.due_feedback(today=TODAY).exists() == due
        assert f"{years} vuotta" in words()[Category.FEEDBACK]


# --- who gets it


@pytest.mark.parametrize("name", ["phone", "birth_year", "home_municipality"])
def test_one_more_fact_for_the_finance_provider_is_said_and_refused(declare, name):
    client = inventory["register.Client"]
    more = replace(client.personal[name], recipients=(Recipient.FINANCE_PROVIDER,))
    before = facts.recipients()
    declare("register.Client", personal={**client.personal, name: more})
    assert facts.recipients() != before
    assert refused() == {"register.E020"}


@pytest.mark.parametrize("name", ["name", "email", "service_name"])
def test_a_fact_less_for_the_finance_provider_is_refused(declare, name):
    for label in ("register.Client", "register.BookkeepingRow"):
        personal = dict(inventory[label].personal)
        if name in personal:
            personal[name] = replace(personal[name], recipients=())
            declare(label, personal=personal)
    assert "register.E020" in refused()


@pytest.mark.parametrize("parts", [(), ("month", "amount"), ("amount", "month", "reference")])
def test_other_parts_than_those_in_the_file_are_refused(declare, parts):
    """B07."""
    row = inventory["register.BookkeepingRow"]
    billed = replace(row.personal["service_name"], parts=parts)
    before = facts.recipients()
    declare("register.BookkeepingRow", personal={**row.personal, "service_name": billed})
    assert facts.recipients() != before
    assert "register.E020" in refused()


# --- what for


def use(model, purpose):
    record(by=SYSTEM, action=Action.VIEW, purpose=purpose, model=model, view="test")


@pytest.mark.django_db
@pytest.mark.parametrize("category", [each for each in Category if each is not Category.STAFF])
def test_a_purpose_that_the_page_does_not_name_is_refused(set_terms, category):
    """C19: each use is asked, and so is the gate before anything is used."""
    models = [
        apps.get_model(label)
        for label in ABOUT_CLIENTS
        if inventory[label].categories == (category,)
    ]
    assert models
    for purpose in inventory.terms(category).purposes:
        left = tuple(each for each in inventory.terms(category).purposes if each != purpose)
        before, purposes = facts.purposes(), inventory.terms(category).purposes
        for model in models:
            use(model, purpose)
        set_terms(category, purposes=left)
        assert facts.purposes() != before
        for model in models:
            with pytest.raises(UndeclaredPurpose):
                use(model, purpose)
        set_terms(category, purposes=purposes)


@pytest.mark.parametrize(
    ("category", "purpose"),
    [
        (Category.IDENTITY, Purpose.GUIDANCE),
        (Category.SERVICE, Purpose.ADMINISTRATION),
        (Category.CONTENT, Purpose.RIGHTS),
        (Category.FEEDBACK, Purpose.FEEDBACK),
        (Category.BOOKKEEPING, Purpose.BILLING),
        (Category.PROTECTION, Purpose.RIGHTS),
    ],
)
def test_a_purpose_that_the_gate_has_and_the_page_has_not_fails_the_check(
    set_terms, category, purpose
):
    left = tuple(each for each in inventory.terms(category).purposes if each != purpose)
    set_terms(category, purposes=left)
    assert refused() == {"register.E024"}


# --- on which basis


@pytest.mark.parametrize("category", [Category.IDENTITY, Category.SERVICE, Category.BOOKKEEPING])
def test_consent_that_nobody_records_is_refused(set_terms, category):
    """C20."""
    set_terms(category, legal_bases=(LegalBasis.CONSENT,))
    assert [each["key"] for each in told_of(category)["legal_bases"]] == [LegalBasis.CONSENT]
    assert refused() == {"register.E025"}


@pytest.mark.parametrize("bases", [["consent"], ["legitimate_interest"], ["contract"]])
def test_notes_state_the_bases_that_the_page_states(settings, bases):
    """C20: by whichever way another one is declared."""
    settings.REGISTER = {**settings.REGISTER, "LEGAL_BASES": {"content": bases}}
    assert [each["key"] for each in told_of(Category.CONTENT)["legal_bases"]] == bases
    assert refused() == {"register.E025"}


def test_the_owners_basis_of_bookkeeping_is_printed(settings):
    """O19."""
    settings.REGISTER = {**settings.REGISTER, "LEGAL_BASES": {"bookkeeping": ["contract"]}}
    [basis] = told_of(Category.BOOKKEEPING)["legal_bases"]
    assert basis["key"] == LegalBasis.CONTRACT
    assert refused() == set()


# --- under which heading


def test_a_field_of_another_category_is_told_of_there_with_its_own_end(declare):
    client = inventory["register.Client"]
    moved = replace(client.personal["phone"], category=Category.BOOKKEEPING)
    declare("register.Client", personal={**client.personal, "phone": moved})
    assert "Puhelinnumero" in told_of(Category.BOOKKEEPING)["fields"]
    assert "Puhelinnumero" not in told_of(Category.IDENTITY)["fields"]
    # The engine erases it with the client still, and that is what the page says.
    assert Client in engine.in_order_of_deletion(ErasureUnit.CLIENT)
    assert "Puhelinnumero: poistetaan viimeisen palvelun" in words()[Category.BOOKKEEPING]
    assert Purpose.BOOKKEEPING in inventory.purposes(inventory["register.Client"])


def test_a_field_moved_to_what_rests_on_consent_is_refused(declare):
    client = inventory["register.Client"]
    moved = replace(client.personal["phone"], category=Category.CONTENT)
    declare("register.Client", personal={**client.personal, "phone": moved})
    assert refused() == {"register.E025"}


@pytest.mark.parametrize("name", ["register_number", "created_on", "restricted_on"])
def test_what_belongs_to_a_client_cannot_be_called_nobodys(declare, name):
    """C23."""
    client = inventory["register.Client"]
    entries = tuple(each for each in client.entries if each != name)
    declare("register.Client", entries=entries, not_personal=(*client.not_personal, name))
    assert refused() == {"register.E023"}
