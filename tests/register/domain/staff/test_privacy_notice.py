"""Art. 13, Act 759/2004: the staff's own notice says what is kept of them, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from register.db.encryption import Encrypted
from register.domain.staff import documents, privacy_notice
from register.inventory import inventory
from register.inventory.vocabulary import Category, LegalBasis
from register.models import Controller
from register.models.processors import ProcessorKind
from register.models.staff import DocumentKind, Role
from tests.factories import ProcessorFactory, StaffMemberFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
KIND = DocumentKind.PRIVACY_NOTICE


@pytest.fixture
def asked(site_content):
    return {"by": staff(Role.DATA_PROTECTION), "today": TODAY}


def publish(text, asked):
    title = "Henkilöstön tietosuojaseloste"
    document = documents.add_document(kind=KIND, title=title, text=text, **asked)
    return documents.publish(document=document, seen=None, **asked)


def test_its_draft_says_all_and_can_be_published_and_is_asked_of_everybody(asked):
    StaffMemberFactory()
    _title, text = privacy_notice.draft(today=TODAY)
    assert privacy_notice.missing(text, today=TODAY) == []
    assert not privacy_notice.is_true(today=TODAY)
    publish(text, asked)
    assert privacy_notice.is_true(today=TODAY)


def test_every_field_that_is_kept_of_the_staff_is_named_in_it():
    _title, text = privacy_notice.draft(today=TODAY)
    for declaration, path in inventory.erased_with_account():
        model = apps.get_model(declaration.model)
        for name in set(declaration.personal) - {"user", path}:
            assert str(model._meta.get_field(name).verbose_name) in text


def test_words_of_ones_own_are_welcome_and_breaking_lines_is_no_change(asked):
    _title, text = privacy_notice.draft(today=TODAY)
    words = "Hei kaikki!\n\n" + text.replace(". ", ".\n")
    assert publish(words, asked).text.startswith("Hei kaikki!")


@pytest.mark.parametrize("number", range(5))
def test_one_that_leaves_something_out_is_not_published_and_says_what(asked, number):
    _title, text = privacy_notice.draft(today=TODAY)
    fact = privacy_notice.facts(today=TODAY)[number * 3]
    with pytest.raises(ValidationError) as refused:
        publish(text.replace(fact, ""), asked)
    assert refused.value.messages[1:] == [fact]


def another_time(settings):
    settings.REGISTER = settings.REGISTER | {"STAFF_YEARS": 3}


def another_time_of_the_log(settings):
    settings.REGISTER = settings.REGISTER | {"LOG_YEARS": 7}


def another_basis(settings):
    settings.REGISTER = settings.REGISTER | {
        "LEGAL_BASES": {Category.STAFF.value: [LegalBasis.CONTRACT.value]}
    }


def another_telephone(settings):
    Controller.objects.update(contact_phone="040 555 0199")


def another_processor(settings):
    ProcessorFactory(kind=ProcessorKind.BACKUP, name="Varmistaja Oy")


@pytest.mark.parametrize(
    "change",
    [
        another_time,
        another_time_of_the_log,
        another_basis,
        another_telephone,
        another_processor,
    ],
)
def test_when_a_fact_changes_the_one_in_force_is_found_untrue(asked, settings, change):
    _title, text = privacy_notice.draft(today=TODAY)
    publish(text, asked)
    change(settings)
    assert not privacy_notice.is_true(today=TODAY)


def test_a_field_more_makes_it_untrue(asked, monkeypatch):
    _title, text = privacy_notice.draft(today=TODAY)
    publish(text, asked)
    declared = inventory["register.StaffMember"]
    more = replace(declared, personal=declared.personal | {"search_key": declared.personal["user"]})
    monkeypatch.setitem(inventory._declarations, declared.model, more)
    assert not privacy_notice.is_true(today=TODAY)


def test_no_reason_of_an_absence_has_a_place():
    """Nothing that is kept of the staff takes words: no suspension and no leave has a reason."""
    for declaration, _path in inventory.erased_with_account():
        meta = apps.get_model(declaration.model)._meta
        for name in declaration.personal:
            field = meta.get_field(name)
            takes_words = isinstance(field, models.TextField | models.CharField | Encrypted)
            assert not takes_words or field.choices, f"{declaration.model}.{name}"
