"""Instructions for the staff, and who has read them."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from register.models import Acknowledgement, DocumentVersion, StaffDocument
from tests.factories.staff import StaffMemberFactory


class StaffDocumentFactory(DjangoModelFactory):
    class Meta:
        model = StaffDocument


class DocumentVersionFactory(DjangoModelFactory):
    """A published version. Without `published_on` it is a draft."""

    class Meta:
        model = DocumentVersion

    document = factory.SubFactory(StaffDocumentFactory)
    number = 1
    title = "Käsittelyn ohje"
    text = "Lukitse näyttö, kun lähdet."
    published_on = date(2026, 1, 2)


class AcknowledgementFactory(DjangoModelFactory):
    """A version that somebody opened, and no more."""

    class Meta:
        model = Acknowledgement

    document_version = factory.SubFactory(DocumentVersionFactory)
    member = factory.SubFactory(StaffMemberFactory)
    opened_on = date(2026, 1, 3)
