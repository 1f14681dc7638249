"""C33, C34: of a colleague's clients a main user reads name, service and validity, logged."""

from datetime import date, timedelta

import pytest

from register.domain.clients import hand_over_list
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, AccessLogSubject
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import AssignmentFactory, ClientFactory, ServiceOrderFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
DAY = timedelta(days=1)


@pytest.fixture
def aino():
    return staff(Role.COUNSELLOR)


def client_of(user, **order):
    ordered = ServiceOrderFactory(**{"planned_end": TODAY + DAY} | order)
    return AssignmentFactory(user=user, content_object=ordered.client).content_object


def read(user, by):
    return hand_over_list.read(user.staff_member, by=by, today=TODAY)


def test_the_main_user_reads_three_facts_in_one_logged_read(aino):
    main_user, clients = staff(Role.MAIN_USER), [client_of(aino), client_of(aino)]
    rows = read(aino, main_user)
    assert [row.client.pk for row in rows] == [client.pk for client in clients]
    for row in rows:
        assert row.client.get_deferred_fields() >= {
            "email",
            "phone",
            "home_municipality",
            "birth_year",
        }
        [order] = row.orders
        assert order.get_deferred_fields() >= {"specification_encrypted", "price", "counsellor_id"}
    [entry] = AccessLogEntry.objects.all()
    assert (entry.actor, entry.action, entry.view, entry.purpose) == (
        main_user.pk,
        Action.LIST,
        "hand_over",
        Purpose.ADMINISTRATION,
    )
    assert set(AccessLogSubject.objects.values_list("client", flat=True)) == {
        client.pk for client in clients
    }


def test_a_counsellor_reads_own_ones_for_guidance(aino):
    client_of(aino), client_of(staff(Role.COUNSELLOR))
    assert len(read(aino, aino)) == 1
    assert AccessLogEntry.objects.get().purpose == Purpose.GUIDANCE


def test_who_is_kept_on_a_hold_alone_is_given_to_nobody(aino):
    AssignmentFactory(user=aino, content_object=ClientFactory(restricted_on=TODAY))
    assert read(aino, staff(Role.MAIN_USER)) == read(aino, aino) == []


@pytest.mark.parametrize("standing", [{"agreement_signed_on": None}, {"law_trained_on": None}])
def test_a_main_user_without_papers_reads_nothing(aino, standing):
    client_of(aino)
    assert read(aino, staff(Role.MAIN_USER, **standing)) == []
    assert not AccessLogEntry.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MAIN_USER])
def test_nobody_else_reads_a_colleagues(aino, role):
    client_of(aino)
    assert read(aino, staff(role)) == []
    assert hand_over_list.read(None, by=staff(role), today=TODAY) == []
    assert not AccessLogEntry.objects.exists()


def test_only_the_asked_ones_are_read(aino):
    client, _other = client_of(aino), client_of(aino)
    [row] = hand_over_list.read(aino.staff_member, by=aino, today=TODAY, only=[client.pk])
    assert row.client == client
    assert AccessLogSubject.objects.get().client == client.pk


def test_counts_are_no_read(aino):
    client_of(aino), client_of(aino)
    assert hand_over_list.counted(by=staff(Role.MAIN_USER), today=TODAY) == {aino.pk: 2}
    assert hand_over_list.counted(by=staff(Role.BILLING), today=TODAY) == {}
    assert not AccessLogEntry.objects.exists()


@pytest.mark.parametrize(
    ("standing", "needed"),
    [
        ({}, False),
        ({"suspended_from": TODAY}, True),
        ({"suspended_from": TODAY - 9 * DAY, "suspended_until": TODAY - DAY}, False),
        ({"suspended_from": TODAY + 50 * DAY}, False),
        (
            {
                "suspended_from": TODAY - 9 * DAY,
                "suspended_until": TODAY - DAY,
                "next_suspended_from": TODAY + DAY,
            },
            True,
        ),
    ],
    ids=str,
)
def test_an_absence_in_which_somebody_has_clients_needs_cover(standing, needed):
    away = staff(Role.COUNSELLOR, **standing)
    AssignmentFactory(user=away, valid_until=TODAY + 40 * DAY)
    assert hand_over_list.needs_cover(away.staff_member, today=TODAY) == needed
