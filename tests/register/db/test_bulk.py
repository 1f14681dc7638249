"""Statements over sets of rows give what the ORM would, on both databases."""

import re
import uuid

import pytest
from django.db.models import Value

from register.db.bulk import Keys, NewKey, NewReference, insert_keys, insert_select
from register.inventory.vocabulary import ErasureUnit
from register.models import AccessLogSubject, Client, Erasure, ErasureRecord
from register.reference.clock import today
from tests.factories import ClientFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [0, 1, 3])
def test_keys_select_exactly_their_rows(count):
    clients = ClientFactory.create_batch(4)
    wanted = {client.pk for client in clients[:count]}
    assert set(Client.objects.filter(pk__in=Keys(wanted)).values_list("pk", flat=True)) == wanted


def test_more_keys_than_a_statement_has_parameters():
    client = ClientFactory()
    keys = [uuid.uuid4() for _ in range(70_000)] + [client.pk]
    assert list(Client.objects.filter(pk__in=Keys(keys))) == [client]


def test_it_inserts_what_is_selected_and_counts_it():
    clients = ClientFactory.create_batch(3)
    rows = Client.objects.values_list(Value(7), "pk")
    assert insert_select(AccessLogSubject, ("entry", "client"), rows) == 3
    assert set(AccessLogSubject.objects.values_list("entry", "client")) == {
        (7, client.pk) for client in clients
    }


@pytest.mark.parametrize("count", [0, 1, 3])
def test_it_inserts_a_row_for_each_key(count):
    keys = {uuid.uuid4() for _ in range(count)}
    assert insert_keys(AccessLogSubject, "client", Keys(keys), entry=7) == count
    assert set(AccessLogSubject.objects.values_list("entry", "client")) == {
        (7, key) for key in keys
    }


def test_a_key_that_is_there_is_left_as_it_is():
    erasure = Erasure.objects.create(erased_on=today())
    first, second = uuid.uuid4(), uuid.uuid4()
    for keys, unit in (([first], ErasureUnit.ORDER), ([first, second], ErasureUnit.CLIENT)):
        insert_keys(
            ErasureRecord,
            "erased_id",
            Keys(keys),
            on_conflict="(erased_id) DO NOTHING",
            unit=unit,
            erasure=erasure.pk,
        )
    assert dict(ErasureRecord.objects.values_list("erased_id", "unit")) == {
        first: ErasureUnit.ORDER,
        second: ErasureUnit.CLIENT,
    }


def test_new_keys_and_references_are_random_and_in_form():
    ClientFactory.create_batch(20)
    rows = list(Client.objects.annotate(key=NewKey(), ref=NewReference()).values_list("key", "ref"))
    assert len({key for key, _ in rows}) == len({ref for _, ref in rows}) == 20
    for key, reference in rows:
        assert key.version == 4
        assert re.fullmatch(r"[0-9a-f]{20}", reference)
