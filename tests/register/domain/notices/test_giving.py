"""C19, C33: who is told is marked by whoever may, once, with the version and the day."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from register.domain.notices import giving, publication
from register.exceptions import NotAllowed
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, AccessLogSubject, MaterialChange, NoticeGiven
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import AssignmentFactory, ClientFactory, HoldFactory, staff

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 1)
TODAY = date(2027, 3, 10)


@pytest.fixture
def aino():
    return staff(Role.COUNSELLOR)


@pytest.fixture
def own(aino):
    client = ClientFactory(name="Testi Oma")
    AssignmentFactory(user=aino, content_object=client)
    return client


@pytest.fixture
def others():
    return ClientFactory(name="Testi Toisen")


@pytest.fixture
def change(own, others):
    return publication.publish(version=2, material=True, reason="Syy", address="/x/", today=DAY)


def row_of(client):
    return NoticeGiven.objects.get(client=client)


def tell(*clients, by, given_on=TODAY):
    rows = [row_of(client).pk for client in clients]
    return giving.tell(rows=rows, given_on=given_on, by=by, today=TODAY)


def test_a_counsellor_marks_an_own_client(change, own, aino):
    assert tell(own, by=aino, given_on=DAY) == giving.Told(now=1, before=0, erased=0)
    row = row_of(own)
    assert (row.notice_version, row.given_on, row.given_by) == (2, DAY, aino)


def test_it_is_in_the_log_with_the_version(change, own, aino):
    tell(own, by=aino)
    entry = AccessLogEntry.objects.get(view="to_be_told")
    assert (entry.actor, entry.action, entry.purpose) == (aino.pk, Action.CHANGE, Purpose.RIGHTS)
    assert entry.details["notice_version"] == 2
    assert entry.details["fields"] == ["given_by", "given_on"]
    assert AccessLogSubject.objects.get(entry=entry.pk).client == own.pk


def test_a_client_of_another_is_refused_and_nobody_is_marked(change, own, others, aino):
    with pytest.raises(NotAllowed):
        tell(own, others, by=aino)
    assert not NoticeGiven.objects.given().exists()


def test_the_main_user_marks_any_client(change, own, others):
    assert tell(own, others, by=staff(Role.MAIN_USER)).now == 2
    assert MaterialChange.objects.get().finished_on == TODAY


@pytest.mark.parametrize("role", [Role.BILLING, Role.EDITOR, Role.DATA_PROTECTION])
def test_nobody_else_does(change, own, role):
    HoldFactory(client=own)
    with pytest.raises(NotAllowed):
        tell(own, by=staff(role))


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), DAY - timedelta(days=1)])
def test_a_day_in_the_future_or_before_the_publication_is_refused(change, own, aino, day):
    with pytest.raises(ValidationError) as refused:
        tell(own, by=aino, given_on=day)
    assert list(refused.value.message_dict) == ["given_on"]
    assert row_of(own).given_on is None


def test_who_was_told_before_keeps_that_day(change, own, aino):
    tell(own, by=aino, given_on=DAY)
    assert tell(own, by=staff(Role.MAIN_USER)) == giving.Told(now=0, before=1, erased=0)
    assert (row_of(own).given_on, row_of(own).given_by) == (DAY, aino)
    assert AccessLogEntry.objects.filter(view="to_be_told").count() == 1


def test_who_was_erased_meanwhile_stops_nobody_else(change, own, aino):
    told = giving.tell(rows=[row_of(own).pk, uuid4()], given_on=TODAY, by=aino, today=TODAY)
    assert told == giving.Told(now=1, before=0, erased=1)


def test_a_counsellor_reads_own_clients_with_their_names(change, own, others, aino):
    [(row, name)] = giving.to_be_told(change, by=aino, today=TODAY, stop=9)
    assert (row.client, name) == (own, own.name)
    read = AccessLogEntry.objects.filter(view="to_be_told", action=Action.LIST)
    assert set(read.values_list("model", flat=True)) == {"register.NoticeGiven", "register.Client"}
    assert AccessLogSubject.objects.filter(entry__in=read.values("pk"), client=own.pk).count() == 2
    assert not AccessLogSubject.objects.filter(
        entry__in=read.values("pk"), client=others.pk
    ).exists()


def test_the_main_user_reads_register_numbers_alone(change, own, others):
    found = giving.to_be_told(change, by=staff(Role.MAIN_USER), today=TODAY, stop=9)
    assert {row.client for row, _name in found} == {own, others}
    assert {name for _row, name in found} == {""}


def test_a_count_is_of_those_whom_one_tells(change, own, others, aino):
    assert giving.count(by=aino, today=TODAY) == 1
    assert giving.count(by=staff(Role.MAIN_USER), today=TODAY) == 2
    assert giving.count(by=staff(Role.DATA_PROTECTION), today=TODAY) == 0
    tell(own, by=aino)
    assert giving.count(by=aino, today=TODAY) == 0
    assert not AccessLogEntry.objects.filter(action=Action.LIST).exists()


def test_who_tells_nobody_gets_nothing(change):
    contact = staff(Role.DATA_PROTECTION)
    assert giving.to_be_told(change, by=contact, today=TODAY, stop=9) == []
    assert not giving.tells(by=contact, today=TODAY)
    assert not AccessLogEntry.objects.filter(view="to_be_told").exists()
