"""`str()` of anything personal is an opaque number: labels and messages copy it everywhere."""

import pytest
from django.utils import timezone

from register.inventory.registry import inventory
from register.inventory.vocabulary import Subject
from register.models import (
    AccessLogEntry,
    AccessLogSubject,
    FactorSecret,
    FailedLogIns,
    Feedback,
    LikelyDuplicate,
    RegisterLogEntry,
    TrainingWarning,
)
from tests.factories import (
    AccessChangeFactory,
    AcknowledgementFactory,
    AssignmentFactory,
    BookkeepingRowFactory,
    ClientFactory,
    ExportBatchFactory,
    HoldFactory,
    NoteFactory,
    NoticeGivenFactory,
    OneTimeLinkFactory,
    RoleRequestFactory,
    ServiceOrderFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

PERSON = {
    "name": "Aino Tunnistettava",
    "email": "aino.tunnistettava@example.org",
    "phone": "+358407654321",
}
KNOWN = ("aino", "tunnistettava", "example.org", "7654321", "salaisuus")


def one_of_each():
    """Return one row of every model that holds somebody's data, with known values in it."""
    client = ClientFactory(**PERSON)
    user = UserFactory(
        username="tunnistettava",
        first_name="Aino",
        last_name="Tunnistettava",
        email=PERSON["email"],
    )
    order = ServiceOrderFactory(
        client=client, counsellor__user=user, specification="Salaisuus", service__name="Salaisuus"
    )
    note = NoteFactory(order=order, text="Salaisuus")
    batch = ExportBatchFactory(recipient__name="Salaisuus Oy", made_by=user)
    row = BookkeepingRowFactory(name=client.name, email=client.email, service_name="Salaisuus")
    entry = AccessLogEntry(pk=1, actor=user.pk)
    return [
        client,
        order,
        note,
        order.counsellor,
        AcknowledgementFactory(member=order.counsellor),
        TrainingWarning(pk=1, member=order.counsellor),
        AssignmentFactory(content_object=client, user=user),
        HoldFactory(client=client, reason="Salaisuus", set_by=user),
        NoticeGivenFactory(client=client),
        OneTimeLinkFactory(member=order.counsellor),
        AccessChangeFactory(member=order.counsellor, client=client.pk),
        RoleRequestFactory(member=order.counsellor),
        LikelyDuplicate.objects.create(client=client, other=ClientFactory()),
        batch,
        row,
        entry,
        AccessLogSubject(pk=1, entry=1, client=client.pk),
        RegisterLogEntry(pk=1, user=user, label=str(client)),
        FailedLogIns(pk=1, account=user.pk, count=3, since=timezone.now()),
        FactorSecret.objects.create(user=user, secret="Salaisuus"),
        Feedback.objects.create(answers='[["Nimi", "Salaisuus"]]'),
    ]


def test_no_label_tells_a_name_an_address_or_a_service():
    for instance in one_of_each():
        label = str(instance).lower()
        assert label, instance._meta.label
        assert not [known for known in KNOWN if known in label], instance._meta.label


def test_every_personal_model_of_the_register_is_tried():
    personal = {
        declaration.model
        for declaration in inventory
        if declaration.subject is not Subject.NOBODY and declaration.model.startswith("register.")
    }
    assert {instance._meta.label for instance in one_of_each()} == personal


def test_a_client_is_called_by_the_register_number():
    client = ClientFactory()
    assert str(client) == client.register_number
