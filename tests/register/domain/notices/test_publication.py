"""C19: a material change waits until every client of its day was told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from register.domain.access_log import open_purposes
from register.domain.erasure import engine
from register.domain.notices import giving, publication
from register.inventory import inventory
from register.inventory.vocabulary import Category, Purpose
from register.models import (
    AccessLogEntry,
    AccessLogSubject,
    Client,
    MaterialChange,
    NoticeGiven,
    PublishedPurpose,
)
from register.models.staff import Role
from tests.factories import ClientFactory, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shut_purposes")]
DAY = date(2027, 3, 1)
ONE = timedelta(days=1)
PAIR = (Category.CONTENT.value, Purpose.FEEDBACK.value)


def publish(version=2, *, material=True, today=DAY):
    return publication.publish(
        version=version, material=material, reason="Uusi tarkoitus", address="/x/", today=today
    )


def tell(*clients, today=DAY, by=None):
    rows = NoticeGiven.objects.of(giving.newest()).filter(client__in=clients)
    return giving.tell(
        rows=list(rows.values_list("pk", flat=True)),
        given_on=today,
        by=by or staff(Role.MAIN_USER),
        today=today,
    )


def erase(client):
    engine.erase(orders={}, clients=[client.pk], today=DAY, view="test")


@pytest.fixture
def new_purpose(monkeypatch):
    terms = inventory.terms(Category.CONTENT)
    more = replace(terms, purposes=(*terms.purposes, Purpose.FEEDBACK))
    monkeypatch.setitem(inventory._terms, Category.CONTENT, more)


def test_a_new_purpose_waits_for_the_last_client(new_purpose):
    one, other = ClientFactory.create_batch(2)
    change = publish()
    assert change.finished_on is None
    assert PAIR not in open_purposes.opened()
    tell(one)
    assert PAIR not in open_purposes.opened()
    tell(other, today=DAY + ONE)
    assert PAIR in open_purposes.opened()
    assert MaterialChange.objects.get().finished_on == DAY + ONE


def test_without_clients_it_is_open_at_once(new_purpose):
    assert publish().finished_on == DAY
    assert PAIR in open_purposes.opened()


def test_what_is_not_material_opens_nothing(new_purpose):
    assert publish(material=False) is None
    assert open_purposes.untold() == {PAIR}
    assert not NoticeGiven.objects.exists()


def test_what_the_inventory_no_longer_declares_is_forgotten():
    PublishedPurpose.objects.create(category=Category.CONTENT, purpose=Purpose.FEEDBACK)
    publish(material=False)
    assert open_purposes.opened() == open_purposes.declared()


def test_the_listing_and_the_end_are_in_the_log():
    client = ClientFactory()
    change = publish()
    entry = AccessLogEntry.objects.get(view="notice_published")
    assert (entry.model, entry.object_key, entry.count) == (
        "register.MaterialChange",
        str(change.pk),
        1,
    )
    assert AccessLogSubject.objects.get(entry=entry.pk).client == client.pk
    tell(client)
    assert AccessLogEntry.objects.get(view="notice_told").details == {"fields": ["finished_on"]}


def test_who_became_a_client_later_need_not_be_told():
    ClientFactory(created_on=DAY + ONE)
    assert publish().finished_on == DAY


def test_who_was_being_added_that_day_is_listed_as_well():
    first = ClientFactory(created_on=DAY)
    publish()
    ClientFactory(created_on=DAY)
    tell(first)
    assert MaterialChange.objects.get().finished_on is None
    assert NoticeGiven.objects.to_be_told().count() == 1


def test_an_erased_client_holds_nothing_up(new_purpose):
    client = ClientFactory()
    publish()
    erase(client)
    assert not NoticeGiven.objects.exists()
    assert publication.finish(today=DAY + ONE) == 1
    assert PAIR in open_purposes.opened()


def test_who_was_told_of_a_later_version_need_not_be_told_of_this_one(new_purpose):
    one, other = ClientFactory.create_batch(2)
    publish()
    tell(one)
    publish(version=5, today=DAY + ONE)
    tell(other, today=DAY + ONE)
    first, second = MaterialChange.objects.all()
    assert first.finished_on == DAY + ONE
    assert second.finished_on is None
    assert PAIR in open_purposes.opened()
    assert giving.newest() == second


EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.none()),
        st.tuples(st.just("publish"), st.none()),
        st.tuples(st.just("tell"), st.integers(0, 3)),
        st.tuples(st.just("erase"), st.integers(0, 3)),
    ),
    max_size=12,
)


class WhateverHappens(TestCase):
    """Against a model that remembers for each client the newest version that it was told of."""

    @hypothesis_settings(max_examples=20)
    @given(events=EVENTS)
    def test_a_change_is_finished_when_all_of_its_day_were_told(self, events):
        by = staff(Role.MAIN_USER)
        told: dict[Client, int] = {}
        present: dict[int, set[Client]] = {}
        finished: set[int] = set()
        for number, (event, which) in enumerate(events):
            day = DAY + number * ONE
            clients = list(told)
            client = clients[which % len(clients)] if clients and which is not None else None
            if event == "add":
                told[ClientFactory(created_on=day)] = 0
            elif event == "publish":
                version = len(present) + 2
                present[version] = set(told)
                publish(version=version, today=day)
            elif client and event == "erase":
                erase(client)
                del told[client]
                publication.finish(today=day)
            elif client and (change := giving.newest()):
                if client in present[change.notice_version]:
                    told[client] = max(told[client], change.notice_version)
                tell(client, today=day, by=by)
            finished |= {
                version
                for version, then in present.items()
                if all(told[each] >= version for each in then if each in told)
            }
            found = MaterialChange.objects.exclude(finished_on=None)
            assert set(found.values_list("notice_version", flat=True)) == finished
