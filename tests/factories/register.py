"""Clients, orders and what belongs to them. All persons are invented."""

from datetime import date
from decimal import Decimal

import factory
from django.contrib.auth.models import Permission
from factory.django import DjangoModelFactory

from register.models import (
    Assignment,
    BookkeepingRow,
    Client,
    ErasureList,
    ExportBatch,
    Hold,
    MaterialChange,
    Note,
    NoticeGiven,
    Office,
    Processor,
    RetentionRun,
    Service,
    ServiceOrder,
)
from register.models.orders import Manner, NoteBasis
from register.models.processors import ProcessorKind
from register.models.retention import HoldGround, ListKind
from register.reference.clock import moment
from tests.factories.staff import StaffMemberFactory, UserFactory


class ClientFactory(DjangoModelFactory):
    class Meta:
        model = Client

    name = factory.Sequence(lambda n: f"Testi Henkilö{n}")
    email = factory.Sequence(lambda n: f"asiakas{n}@example.org")
    phone = "+358401234567"
    home_municipality = "092"
    birth_year = 1980
    created_on = date(2026, 1, 2)


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    user = factory.SubFactory(UserFactory)
    content_object = factory.SubFactory(ClientFactory)
    permission = factory.LazyFunction(
        lambda: Permission.objects.get(content_type__app_label="register", codename="view_client")
    )
    valid_from = date(2020, 1, 1)


class MaterialChangeFactory(DjangoModelFactory):
    class Meta:
        model = MaterialChange

    notice_version = factory.Sequence(lambda n: n + 2)
    published_on = date(2026, 6, 1)


class NoticeGivenFactory(DjangoModelFactory):
    class Meta:
        model = NoticeGiven

    client = factory.SubFactory(ClientFactory)
    notice_version = 2


class ServiceFactory(DjangoModelFactory):
    class Meta:
        model = Service

    name = factory.Sequence(lambda n: f"Uraohjaus {n}")
    price = Decimal("120.00")


class OfficeFactory(DjangoModelFactory):
    class Meta:
        model = Office

    name = factory.Sequence(lambda n: f"Toimipaikka {n}")


class ServiceOrderFactory(DjangoModelFactory):
    class Meta:
        model = ServiceOrder

    client = factory.SubFactory(ClientFactory)
    service = factory.SubFactory(ServiceFactory)
    manner = Manner.IN_PERSON
    office = factory.SubFactory(OfficeFactory)
    counsellor = factory.SubFactory(StaffMemberFactory)
    starts_on = date(2026, 1, 2)
    planned_end = date(2026, 12, 1)
    price = Decimal("120.00")


class NoteFactory(DjangoModelFactory):
    class Meta:
        model = Note

    order = factory.SubFactory(ServiceOrderFactory)
    author = factory.SelfAttribute("order.counsellor")
    met_on = date(2026, 2, 1)
    basis = NoteBasis.TOLD_BY_CLIENT
    text = "Keksitty muistiinpano."


class HoldFactory(DjangoModelFactory):
    class Meta:
        model = Hold

    client = factory.SubFactory(ClientFactory)
    ground = HoldGround.LEGAL_CLAIMS
    reason = "Keksitty syy."
    set_on = date(2026, 1, 2)
    review_on = date(2026, 7, 1)


class RetentionRunFactory(DjangoModelFactory):
    class Meta:
        model = RetentionRun

    today = date(2027, 1, 1)


class ErasureListFactory(DjangoModelFactory):
    class Meta:
        model = ErasureList

    kind = ListKind.EVENING
    year = 2100
    due_on = begun_on = date(2100, 1, 2)
    erases_at = moment(date(2100, 1, 31))


class ProcessorFactory(DjangoModelFactory):
    class Meta:
        model = Processor

    name = "Keksitty Taloushallinto Oy"
    kind = ProcessorKind.FINANCE
    country = "FI"
    hosting_country = "FI"
    contract_signed_on = date(2020, 1, 1)
    security_assessed_on = date(2026, 1, 1)
    active = True


class ExportBatchFactory(DjangoModelFactory):
    class Meta:
        model = ExportBatch

    recipient = factory.SubFactory(ProcessorFactory)


class BookkeepingRowFactory(DjangoModelFactory):
    class Meta:
        model = BookkeepingRow

    name = factory.Sequence(lambda n: f"Testi Henkilö{n}")
    email = factory.Sequence(lambda n: f"asiakas{n}@example.org")
    service_name = "Uraohjaus"
    month = date(2026, 1, 1)
    amount = Decimal("120.00")
    keep_until = date(2032, 12, 31)
