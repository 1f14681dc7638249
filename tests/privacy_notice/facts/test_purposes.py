"""Each purpose with its data, bases, recipients and periods (C19–C21, C24, C44, O11, O19)."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from privacy_notice import facts
from privacy_notice.facts.periods import in_short
from register.inventory.registry import inventory
from register.inventory.vocabulary import Category, LegalBasis, Purpose, Recipient


def row(purpose):
    return next(each for each in facts.purposes() if each["key"] == purpose)


def keys(named):
    return [each["key"] for each in named]


def test_the_notices_own_purposes_come_first():
    """C19."""
    shown = keys(facts.purposes())
    assert shown[:3] == [Purpose.GUIDANCE, Purpose.BILLING, Purpose.FEEDBACK]
    assert shown[3:] == [Purpose.RIGHTS, Purpose.ADMINISTRATION, Purpose.BOOKKEEPING]


@pytest.mark.parametrize("purpose", Purpose)
def test_it_names_the_data_that_the_inventory_gives_it(purpose):
    about_clients = {each["key"] for each in facts.categories()}
    asked = {each for each in Category if purpose in inventory.terms(each).purposes}
    assert set(keys(row(purpose)["categories"])) == asked & about_clients


def test_only_billing_discloses():
    """C24."""
    told = {each["key"]: keys(each["recipients"]) for each in facts.purposes()}
    assert told.pop(Purpose.BILLING) == [Recipient.FINANCE_PROVIDER]
    assert not any(told.values())


def test_bookkeeping_rests_on_the_accounting_act_unless_the_owner_says_otherwise(settings):
    (basis,) = row(Purpose.BOOKKEEPING)["legal_bases"]
    assert basis["key"] == LegalBasis.LEGAL_OBLIGATION
    assert "kirjanpitolaki (1336/1997)" in basis["law"]
    stated = {"bookkeeping": ["legitimate_interest"]}
    settings.REGISTER = {**settings.REGISTER, "LEGAL_BASES": stated}
    (basis,) = row(Purpose.BOOKKEEPING)["legal_bases"]
    assert basis["key"] == LegalBasis.LEGITIMATE_INTEREST
    assert "kirjanpitolaki" not in basis["law"]


def test_a_basis_is_named_once():
    bases = keys(row(Purpose.GUIDANCE)["legal_bases"])
    assert sorted(bases) == [LegalBasis.CONSENT, LegalBasis.LEGITIMATE_INTEREST]


def test_a_period_is_told_alone_or_with_what_it_is_of(settings):
    settings.REGISTER = {**settings.REGISTER, "VOUCHER_YEARS": 9}
    assert row(Purpose.BOOKKEEPING)["periods"] == [f"{in_short(Category.BOOKKEEPING)}."]
    told = row(Purpose.BILLING)["periods"]
    assert len(told) == 3
    assert told[-1].startswith("Kirjanpito: 9 vuotta")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "Ei luovuteta; palvelun tekniset käsittelijät luetellaan tässä selosteessa"),
        ("sv", "Lämnas inte ut; de som behandlar uppgifter för vår räkning räknas upp"),
        ("en", "Not disclosed; those who process data for us are listed in this notice"),
    ],
)
def test_no_recipient_is_not_told_as_nobody_at_all(language, words):
    """Art. 13(1)(e): hosting and mail have the data too, and stand in a table of their own."""
    with translation.override(language):
        shown = render_to_string("privacy_notice/blocks/purposes.html", {"facts": facts.purposes()})
    assert words in shown
