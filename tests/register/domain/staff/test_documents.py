"""C31: instructions in versions; one that was published is fixed, and the next one is a new row."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from register.domain.staff import documents
from register.exceptions import Fixed, NotAllowed, Stale
from register.models import DocumentVersion, StaffDocument
from register.models.staff import DocumentKind, Role
from tests.factories import DocumentVersionFactory, StaffDocumentFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
WORDS = {"title": "Tietoturvan ohje", "text": "Lukitse näyttö.\n\nHävitä paperit."}


@pytest.fixture
def asked():
    return {"by": staff(Role.DATA_PROTECTION), "today": TODAY}


def begun(asked):
    return documents.add_document(kind=DocumentKind.INSTRUCTION, **WORDS, **asked)


def test_a_document_begins_with_a_draft_that_is_in_force_for_nobody(asked):
    document = begun(asked)
    draft = document.versions.get()
    assert (draft.number, draft.title, draft.text) == (1, *WORDS.values())
    assert draft.is_draft
    assert documents.version_in_force(document) is None


def test_a_draft_is_written_into_and_published_and_the_next_is_a_new_row(asked):
    document = begun(asked)
    documents.write(document=document, title="Ohje", text="Uusi.", seen=1, **asked)
    first = documents.publish(document=document, seen=2, **asked)
    assert (first.number, first.title, first.published_on) == (1, "Ohje", TODAY)
    assert documents.version_in_force(document) == first

    second = documents.write(document=document, title="Ohje", text="Uudempi.", seen=3, **asked)
    assert (second.number, second.is_draft) == (2, True)
    assert documents.version_in_force(document) == first
    documents.publish(document=document, seen=4, **asked)
    assert documents.version_in_force(document) == second
    first.refresh_from_db()
    assert first.text == "Uusi."


@pytest.mark.parametrize("field", ["title", "text", "published_on", "number"])
def test_what_was_published_is_changed_and_deleted_by_nobody(field):
    version = DocumentVersionFactory()
    with pytest.raises(Fixed):
        DocumentVersion.objects.filter(pk=version.pk).update(**{field: None})
    with pytest.raises(Fixed):
        version.delete()


def test_words_that_are_as_they_were_change_nothing(asked):
    document = begun(asked)
    documents.write(document=document, **WORDS, seen=1, **asked)
    document.refresh_from_db()
    assert document.version == 1


def test_of_two_who_write_at_once_the_second_is_told(asked):
    document = begun(asked)
    documents.write(document=document, title="Ohje", text="Ensimmäinen.", seen=1, **asked)
    with pytest.raises(Stale):
        documents.write(document=document, title="Ohje", text="Toinen.", seen=1, **asked)
    with pytest.raises(Stale):
        documents.publish(document=document, seen=1, **asked)
    assert document.versions.get().text == "Ensimmäinen."


def test_nothing_is_published_twice(asked):
    document = DocumentVersionFactory().document
    with pytest.raises(ValidationError, match="luonnosta"):
        documents.publish(document=document, seen=None, **asked)


def test_a_document_that_was_withdrawn_is_in_force_no_more_and_stays_so(asked):
    document = DocumentVersionFactory().document
    documents.withdraw(document=document, seen=1, **asked)
    assert documents.version_in_force(document) is None
    assert list(StaffDocument.objects.withdrawn()) == [document]
    with pytest.raises(ValidationError, match="poistettu"):
        documents.write(document=document, **WORDS, seen=2, **asked)
    with pytest.raises(ValidationError, match="poistettu"):
        documents.publish(document=document, seen=2, **asked)


def test_there_is_one_privacy_notice_for_the_staff_in_force(asked):
    notice = {"kind": DocumentKind.PRIVACY_NOTICE, **WORDS, **asked}
    first = documents.add_document(**notice)
    with pytest.raises(ValidationError):
        documents.add_document(**notice)
    documents.withdraw(document=first, seen=1, **asked)
    documents.add_document(**notice)


def test_the_database_keeps_one_draft_and_each_number_once():
    document = StaffDocumentFactory()
    DocumentVersionFactory(document=document, number=1, published_on=None)
    for number in (1, 2):
        with pytest.raises(IntegrityError), transaction.atomic():
            DocumentVersionFactory(document=document, number=number, published_on=None)


def test_others_read_what_was_published_and_write_nothing(asked):
    document = DocumentVersionFactory().document
    documents.write(document=document, **WORDS, seen=None, **asked)
    reader = {"by": staff(Role.COUNSELLOR), "today": TODAY}
    assert [each.number for each in documents.versions(document=document, **reader)] == [1]
    assert [each.number for each in documents.versions(document=document, **asked)] == [2, 1]
    with pytest.raises(NotAllowed):
        documents.write(document=document, **WORDS, seen=None, **reader)


def test_an_identity_code_is_refused_and_named_by_its_field(asked):
    with pytest.raises(ValidationError) as refused:
        documents.add_document(
            kind=DocumentKind.INSTRUCTION, title="Ohje", text="Esim. 131052-308T.", **asked
        )
    assert set(refused.value.message_dict) == {"text"}
    assert not StaffDocument.objects.exists()
