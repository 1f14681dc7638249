"""Stored pages are found by one query, also after the database has ended the connection."""

import gzip
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from privacy_notice.models import Freshness
from privacy_notice.serving import storing

PLACE = {"host": "localhost", "path": "/x/"}
PAGE = {"language": "fi", "content_type": "text/plain", "content": b"sivu"}


@pytest.fixture
def stored(db):
    Freshness.objects.raise_number()
    number = Freshness.objects.number()
    return storing.store(
        **PLACE,
        number=number,
        language="fi",
        content_type="text/plain",
        content=b"sivu",
        packed=False,
    )


def test_both_bodies_are_the_same_page(stored):
    plain, packed = (storing.find(**PLACE, packed=each) for each in (False, True))
    assert plain == stored
    assert gzip.decompress(packed.content) == plain.content == b"sivu"
    assert packed.tag == plain.tag


def test_another_address_is_another_page(stored):
    assert storing.find(**PLACE | {"host": "example.org"}, packed=False) is None
    assert storing.find(**PLACE | {"path": "/y/"}, packed=False) is None


def test_the_same_page_is_packed_to_the_same_bytes(stored):
    first = storing.find(**PLACE, packed=True)
    number = Freshness.objects.number()
    again = storing.store(**PLACE, number=number, **PAGE, packed=True)
    assert again == first


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no sessions")
@pytest.mark.django_db(transaction=True)
def test_an_ended_connection_is_made_anew():
    Freshness.objects.raise_number()
    ending = connection.copy()
    with ending.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    ending.close()
    assert storing.find(**PLACE, packed=False) is None


def test_a_page_that_is_out_of_date_is_not_kept(stored):
    late = Freshness.objects.number()
    Freshness.objects.raise_number()
    sent = storing.store(**PLACE, number=late, **PAGE, packed=False)
    assert sent.content == b"sivu"
    assert storing.find(**PLACE, packed=False) is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_while_somebody_publishes_nothing_is_kept_and_nobody_waits():
    Freshness.objects.raise_number()
    number = Freshness.objects.number()
    with ThreadPoolExecutor(1) as another, transaction.atomic():
        Freshness.objects.raise_number()
        another.submit(store_in_a_thread, number).result(timeout=20)
    assert storing.find(**PLACE, packed=False) is None


def store_in_a_thread(number):
    try:
        storing.store(**PLACE, number=number, **PAGE, packed=False)
    finally:
        connection.close()
