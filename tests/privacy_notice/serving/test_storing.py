"""Stored pages are found by one query, also after the database has ended the connection."""

import gzip

import pytest
from django.db import connection

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
