"""A row's version is compared and raised by one UPDATE, whoever makes it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from register.exceptions import Stale
from register.models import Client, Service
from tests.factories import ClientFactory, ServiceFactory


@pytest.fixture
def service(db):
    return ServiceFactory(name="Uraohjaus", price=100)


def now(row):
    return type(row).objects.get(pk=row.pk)


def test_a_new_row_is_the_first_version(service):
    assert service.version == now(service).version == 1


def test_a_save_raises_the_version_in_the_row_and_in_the_database(service):
    service.save()
    assert service.version == now(service).version == 2


def test_one_statement_compares_and_raises(service):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        service.save()
    statements = [query["sql"] for query in queries if "UPDATE" in query["sql"]]
    assert len(statements) == 1
    assert statements[0].startswith("UPDATE")
    assert statements[0].count('"version"') == 2


def test_a_save_of_named_columns_raises_it_too(service):
    service.price = 120
    service.save(update_fields=["price"])
    assert (now(service).price, now(service).version) == (120, 2)


def test_a_row_that_somebody_changed_is_not_saved_over(service):
    older = now(service)
    service.name = "Työnhakuvalmennus"
    service.save()
    older.price = 1
    with pytest.raises(Stale), transaction.atomic():
        older.save()
    assert (now(service).name, now(service).price) == ("Työnhakuvalmennus", 100)


def test_a_row_that_is_gone_does_not_come_back(db):
    client = ClientFactory()
    Client.objects.filter(pk=client.pk).delete()
    with pytest.raises(Stale), transaction.atomic():
        client.save()
    assert not Client.objects.exists()


def test_statements_over_many_rows_raise_it(service):
    other = ServiceFactory()
    Service.objects.update(active=False)
    assert {now(service).version, now(other).version} == {2}
    Service.objects.bulk_update([service, other], ["active"])
    assert {now(service).version, now(other).version} == {3}
    Service.objects.update_or_create(name="Uraohjaus", defaults={"price": 1})
    assert (now(service).version, now(other).version) == (4, 3)


def test_what_was_restricted_by_a_statement_is_not_opened_by_an_older_row(db):
    client = ClientFactory()
    Client.objects.update(restricted_on="2027-01-01")
    with pytest.raises(Stale), transaction.atomic():
        client.save()
    assert now(client).restricted_on is not None


@pytest.mark.django_db(transaction=True)
def test_of_two_connections_that_save_the_same_version_one_is_refused():
    service = ServiceFactory()
    together = Barrier(2)

    def save(price):
        try:
            row = now(service)
            together.wait(timeout=20)
            row.price = price
            row.save()
        except Stale:
            return "refused"
        else:
            return "saved"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(save, [1, 2])) == ["refused", "saved"]
    assert now(service).version == 2
