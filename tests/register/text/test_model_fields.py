"""Each text field of the project's models stores its text in the one form, on whatever way."""

from datetime import date
from functools import partial

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils import timezone
from wagtail import fields as wagtail_fields

from futuuri_site.content import pages
from privacy_notice.models import Approval, NoticeVersion, Withdrawal
from register.db.encryption import ENCRYPTED_SUFFIX, encrypted_attributes
from register.db.keys import DerivedKey
from register.domain.access_log.changing import changing
from register.models import (
    BookkeepingRow,
    Client,
    DocumentVersion,
    MaterialChange,
    Office,
    Processor,
    Service,
    Statistic,
)
from register.models.access_log import RegisterLogEntry
from register.models.staff import Role
from register.text.model_fields import BusinessIdField, EmailField, HostField, InOneForm
from register.text.page_fields import StreamField
from tests.factories import (
    AssignmentFactory,
    BookkeepingRowFactory,
    ClientFactory,
    DocumentVersionFactory,
    HoldFactory,
    NoteFactory,
    OfficeFactory,
    ProcessorFactory,
    ServiceFactory,
    ServiceOrderFactory,
    staff,
)

TODAY = date(2026, 11, 27)
OWN_APPS = ("home", "privacy_notice", "register")
# Columns that no person types: the code itself writes them.
WRITTEN_BY_CODE = {
    "home.FeedbackField.clean_name",
    "privacy_notice.Approval.facts",
    "privacy_notice.NoticeVersion.content",
    "privacy_notice.NoticeVersion.language",
    "privacy_notice.PromiseResult.clause",
    "privacy_notice.PublishedContact.contact_email",
    "privacy_notice.PublishedContact.contact_name",
    "privacy_notice.PublishedContact.contact_phone",
    "privacy_notice.SignOff.clause",
    "privacy_notice.StoredPage.content_type",
    "privacy_notice.StoredPage.host",
    "privacy_notice.StoredPage.language",
    "privacy_notice.StoredPage.path",
    "privacy_notice.StoredPage.shell",
    "privacy_notice.StoredPage.tag",
    "privacy_notice.ToldOf.mark",
    "register.AccessLogEntry.commitment",
    "register.AccessLogEntry.mark",
    "register.AccessLogEntry.model",
    "register.AccessLogEntry.object_key",
    "register.AccessLogEntry.salt",
    "register.AccessLogEntry.view",
    "register.AccessLogSubject.commitment",
    "register.AccessLogSubject.salt",
    "register.BookkeepingRow.reference",
    "register.Client.register_number",
    "register.EncryptionKey.fingerprint",
    "register.EncryptionKey.key_id",
    "register.ExportBatch.sha256",
    "register.Heartbeat.log_found",
    "register.KeptResult.session_hash",
    "register.KeptResult.token_hash",
    "register.LogInAttempts.key",
    "register.MaterialChange.address",
    "register.OneTimeLink.secret_hash",
    "register.RegisterLogEntry.action",
    "register.RegisterLogEntry.label",
    "register.RegisterLogEntry.object_id",
    "register.Seal.digest",
    "register.Seal.head",
    "register.Seal.key_id",
    "register.Seal.mac",
    "register.Seal.previous",
    "register.Seal.replaced_head",
}
# Stored by the rules of telephone numbers, as +358401234567.
NUMBERS = {"register.Client.phone"}
TEXT = (" A\u030a\u200bb\u2011c\xad\r\n", "Åb-c")
OTHERS = {
    EmailField: ("mai\u200bja@meri\u2011lappi.fi ", "maija@meri-lappi.fi"),
    BusinessIdField: ("FI 1937104 \u2013 7", "1937104-7"),
    HostField: ("https://www.me\u200bri\u2011lappi.fi/ ", "www.meri-lappi.fi"),
}
# Checked as what can be dialled, and kept as they are typed.
DIALLED = {"register.Controller.phone", "register.Controller.contact_phone"}
NUMBER = (" 010\u200b 420\xad 4140\r\n", "010 420 4140")


def a_version(**values):
    return NoticeVersion.objects.create(
        number=1,
        language="fi",
        text={},
        facts={},
        content="",
        published_at=timezone.now(),
        **values,
    )


MADE_BY = {
    Approval: lambda **values: Approval.objects.create(
        **{"reason": "Muutos", "approved_on": TODAY} | values
    ),
    BookkeepingRow: BookkeepingRowFactory,
    Client: ClientFactory,
    DocumentVersion: partial(DocumentVersionFactory, published_on=None),
    MaterialChange: lambda: MaterialChange.objects.create(
        notice_version=2, published_on=TODAY, reason="Muutos"
    ),
    Office: OfficeFactory,
    Processor: ProcessorFactory,
    Service: ServiceFactory,
    Statistic: lambda: Statistic.objects.create(year=2025, count=5),
    NoticeVersion: a_version,
    Withdrawal: lambda **values: Withdrawal.objects.create(
        **{"notice_version": a_version(), "reason": "Vahinko", "withdrawn_on": TODAY} | values
    ),
}


def text_columns():
    """Each column of text that the project's own models add, beside choices and keys."""
    return [
        (f"{model._meta.label}.{field.name}", field)
        for app in OWN_APPS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, DerivedKey)
        and field.choices is None
        and not field.name.endswith(ENCRYPTED_SUFFIX)
    ]


COLUMNS = [field for label, field in text_columns() if label not in WRITTEN_BY_CODE | NUMBERS]
# What they say is written once.
FIXED = [
    field
    for field in COLUMNS
    if field.model in (Approval, BookkeepingRow, NoticeVersion, Withdrawal)
]
each_column = pytest.mark.parametrize(
    "field", [field for field in COLUMNS if field not in FIXED], ids=str
)


def forms(field):
    """Return a text that is fit for the field, as somebody pastes it and as it is stored."""
    return NUMBER if str(field) in DIALLED else OTHERS.get(type(field), TEXT)


def row_of(model):
    """Return a row of the model; those of pages and of the controller are the first content."""
    if model in MADE_BY:
        return MADE_BY[model]()
    pages.create(languages=["fi"])
    return model._base_manager.first()


def test_each_column_of_text_is_a_field_of_one_form():
    assert {label for label, field in text_columns() if not isinstance(field, InOneForm)} == (
        WRITTEN_BY_CODE | NUMBERS
    )
    assert len(COLUMNS) > 30


def test_each_stream_of_blocks_is_too():
    streams = [
        field
        for app in OWN_APPS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, wagtail_fields.StreamField)
    ]
    assert streams
    assert [field for field in streams if not isinstance(field, StreamField)] == []


@each_column
@pytest.mark.django_db
def test_saving_stores_the_one_form_and_the_row_in_hand_has_it(field):
    dirty, clean = forms(field)
    row = row_of(field.model)
    setattr(row, field.name, dirty)
    row.save(update_fields=[field.name])
    assert getattr(row, field.name) == clean
    assert stored(row, field) == clean


@each_column
@pytest.mark.django_db
def test_bulk_statements_and_questions_do(field):
    dirty, clean = forms(field)
    row = row_of(field.model)
    rows = field.model._base_manager.filter(pk=row.pk)
    rows.update(**{field.name: dirty})
    assert stored(row, field) == clean
    assert rows.filter(**{field.name: dirty}).exists()

    setattr(row, field.name, dirty)
    field.model._base_manager.bulk_update([row], [field.name])
    assert stored(row, field) == clean


@each_column
@pytest.mark.django_db
def test_checking_a_row_looks_at_the_one_form(field):
    dirty, clean = forms(field)
    row = row_of(field.model)
    setattr(row, field.name, dirty)
    others = {each.name for each in field.model._meta.fields} - {field.name}
    row.clean_fields(exclude=others)
    assert getattr(row, field.name) == clean

    setattr(row, field.name, "\u200b \xad")
    if not field.blank:
        with pytest.raises(ValidationError):
            row.clean_fields(exclude=others)


@pytest.mark.parametrize("field", FIXED, ids=str)
@pytest.mark.django_db
def test_what_is_written_once_is_written_in_the_one_form(field):
    dirty, clean = forms(field)
    row = MADE_BY[field.model](**{field.name: dirty})
    assert getattr(row, field.name) == stored(row, field) == clean


@pytest.mark.parametrize("field", [each for each in FIXED if each.model is BookkeepingRow], ids=str)
@pytest.mark.django_db
def test_what_is_written_once_and_many_at_once_is_too(field):
    dirty, clean = forms(field)
    BookkeepingRow.objects.bulk_create([BookkeepingRowFactory.build(**{field.name: dirty})])
    assert BookkeepingRow.objects.filter(**{field.name: clean}).count() == 1


@pytest.mark.django_db
def test_many_new_rows_at_once_do():
    Client.objects.bulk_create([ClientFactory.build(name="A\u030ake\u200b", email="a@b\u2060.fi")])
    assert Client.objects.values_list("name", "email").get() == ("Åke", "a@b.fi")


@pytest.mark.parametrize("factory", [NoteFactory, ServiceOrderFactory, HoldFactory])
@pytest.mark.django_db
def test_encrypted_texts_do(factory):
    row = factory()
    for attribute in encrypted_attributes(type(row)):
        setattr(row, attribute.name, "yksi\r\nkaksi\x0bA\u030a\u200b")
        row.save()
        found = type(row).objects.get(pk=row.pk)
        assert getattr(found, attribute.name) == "yksi\nkaksi\nÅ"


@pytest.mark.django_db
def test_what_only_looks_changed_is_no_change():
    counsellor = staff(Role.COUNSELLOR)
    client = AssignmentFactory(
        user=counsellor, content_object=ClientFactory(name="Åke Öhman")
    ).content_object
    asked = {"by": counsellor, "today": date(2026, 6, 15), "seen": client.version, "view": "test"}
    with changing(client, **asked) as change:
        change.set(name="A\u030ake\xa0\u200bÖhman")
    assert change.entry is None
    assert not RegisterLogEntry.objects.exists()


@pytest.mark.django_db
def test_an_expression_is_left_to_the_database():
    row = Statistic.objects.create(year=2025, count=5, office_name="Vantaa")
    row.office_name = Concat("office_name", Value(" II"))
    row.save()
    assert Statistic.objects.get().office_name == "Vantaa II"


def test_migrations_know_nothing_of_it():
    for field in COLUMNS:
        path = field.deconstruct()[1]
        assert path.startswith(("django.db.models.", "wagtail.fields.")), path


def stored(row, field):
    return type(row)._base_manager.values_list(field.name, flat=True).get(pk=row.pk)
