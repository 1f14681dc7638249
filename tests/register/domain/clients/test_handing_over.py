"""C33, C34: clients are handed over for a time or for good, and the past stays as it was."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from register.access.gate import may_see
from register.domain.clients import hand_over_list, handing_over
from register.domain.clients.handing_over import HandedOver, Move
from register.exceptions import NotAllowed, Stale
from register.models import AccessChange, AccessLogEntry, AccessLogSubject, Assignment, Client
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import AssignmentFactory, ServiceOrderFactory, staff

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
DAY = timedelta(days=1)
FIRST, LAST = date(2026, 12, 1), date(2027, 2, 28)


@pytest.fixture
def aino():
    return staff(Role.COUNSELLOR, user__first_name="Aino", user__last_name="Ohjaaja")


@pytest.fixture
def eero():
    return staff(Role.COUNSELLOR, user__first_name="Eero", user__last_name="Kollega")


@pytest.fixture
def main_user():
    return staff(Role.MAIN_USER)


def moves(giver, to, *, by=None, today=TODAY):
    rows = hand_over_list.read(giver.staff_member, by=by or giver, today=today)
    return [Move(row.client.pk, to.staff_member.pk, row.seen) for row in rows]


def hand_over(giver, wanted, first=FIRST, last=LAST, *, by=None, today=TODAY):
    return handing_over.hand_over(
        giver=giver.staff_member if giver else None,
        moves=wanted,
        valid_from=first,
        valid_until=last,
        by=by or giver,
        today=today,
    )


def periods(user):
    rows = Assignment.objects.filter(user=user).order_by("valid_from", "pk")
    return list(rows.values_list("valid_from", "valid_until", "revoked_on"))


def test_for_a_time_it_comes_back_by_itself(aino, eero):
    client = AssignmentFactory(user=aino).content_object
    assert hand_over(aino, moves(aino, eero)) == HandedOver(now=1, before=0, erased=0)

    assert periods(aino) == [
        (date(2020, 1, 1), FIRST - DAY, None),
        (LAST + DAY, None, None),
    ]
    assert periods(eero) == [(FIRST, LAST, None)]
    for day, whose in [
        (TODAY, aino),
        (FIRST - DAY, aino),
        (FIRST, eero),
        (LAST, eero),
        (LAST + DAY, aino),
    ]:
        for user in (aino, eero):
            assert may_see(user, client, today=day) == (user == whose), day


def test_for_good_the_end_stays_what_it_was(aino, eero):
    AssignmentFactory(user=aino, valid_until=date(2027, 6, 30))
    hand_over(aino, moves(aino, eero), last=None)
    assert periods(aino) == [(date(2020, 1, 1), FIRST - DAY, None)]
    assert periods(eero) == [(FIRST, date(2027, 6, 30), None)]


def test_what_begins_today_closes_to_the_giver_at_once(aino, eero):
    client = AssignmentFactory(user=aino).content_object
    hand_over(aino, moves(aino, eero), first=TODAY)
    assert periods(aino)[0] == (date(2020, 1, 1), None, TODAY)
    assert not may_see(aino, client, today=TODAY)
    assert may_see(eero, client, today=TODAY)
    assert may_see(aino, client, today=LAST + DAY)


def test_a_period_to_come_is_cancelled_and_begins_after_the_absence(main_user, aino, eero):
    AssignmentFactory(user=aino, valid_from=FIRST + 9 * DAY)
    hand_over(aino, moves(aino, eero, by=main_user), by=main_user)
    assert periods(aino) == [(FIRST + 9 * DAY, None, TODAY), (LAST + DAY, None, None)]
    assert periods(eero) == [(FIRST + 9 * DAY, LAST, None)]


def test_nothing_is_opened_twice_to_who_had_the_client_already(aino, eero):
    client = AssignmentFactory(user=aino).content_object
    AssignmentFactory(
        user=eero, content_object=client, valid_from=FIRST + DAY, valid_until=FIRST + 3 * DAY
    )
    hand_over(aino, moves(aino, eero))
    assert periods(eero) == [
        (FIRST, FIRST, None),
        (FIRST + DAY, FIRST + 3 * DAY, None),
        (FIRST + 4 * DAY, LAST, None),
    ]


@pytest.mark.parametrize("last", [LAST, None])
@pytest.mark.parametrize("first", [TODAY, FIRST])
def test_sent_twice_it_is_done_once(aino, eero, first, last):
    for _ in range(3):
        AssignmentFactory(user=aino)
    wanted = moves(aino, eero)
    hand_over(aino, wanted, first, last)
    before = list(Assignment.objects.order_by("pk").values())
    assert hand_over(aino, wanted, first, last) == HandedOver(now=0, before=3, erased=0)
    assert list(Assignment.objects.order_by("pk").values()) == before


def test_a_client_whom_somebody_gave_away_meanwhile_stops_all(aino, eero, main_user):
    for _ in range(3):
        AssignmentFactory(user=aino)
    wanted = moves(aino, eero)
    liisa = staff(Role.COUNSELLOR)
    to_liisa = Move(wanted[1].client, liisa.staff_member.pk, wanted[1].seen)
    hand_over(aino, [to_liisa], by=main_user)
    before = list(Assignment.objects.order_by("pk").values())
    with pytest.raises(Stale):
        hand_over(aino, wanted)
    assert list(Assignment.objects.order_by("pk").values()) == before


def test_a_period_that_was_changed_meanwhile_stops_it(aino, eero):
    period = AssignmentFactory(user=aino)
    wanted = moves(aino, eero)
    period.valid_until = LAST
    period.save()
    with pytest.raises(Stale):
        hand_over(aino, wanted)


def test_who_was_erased_meanwhile_is_told_and_the_others_move(aino, eero):
    for _ in range(2):
        AssignmentFactory(user=aino)
    wanted = moves(aino, eero)
    Client.objects.filter(pk=wanted[0].client).delete()
    assert hand_over(aino, wanted) == HandedOver(now=1, before=0, erased=1)


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [(TODAY - DAY, LAST, "valid_from"), (LAST, FIRST, "valid_until")],
)
def test_days_that_cannot_be_are_told_at_their_field(aino, eero, first, last, field):
    AssignmentFactory(user=aino)
    with pytest.raises(ValidationError) as refused:
        hand_over(aino, moves(aino, eero), first, last)
    assert set(refused.value.error_dict) == {field}


@pytest.mark.parametrize(
    ("roles", "standing"),
    [
        ([Role.COUNSELLOR], {"suspended_from": TODAY}),
        ([Role.COUNSELLOR], {"suspended_from": FIRST, "suspended_until": FIRST}),
        ([Role.COUNSELLOR], {"closed_on": TODAY}),
        ([Role.COUNSELLOR], {"agreement_signed_on": None}),
        ([Role.COUNSELLOR], {"law_trained_on": None}),
        ([Role.BILLING, Role.MAIN_USER], {}),
    ],
    ids=str,
)
def test_only_colleagues_in_good_standing_get_clients(aino, roles, standing):
    AssignmentFactory(user=aino)
    shut = staff(*roles, **standing)
    with pytest.raises(ValidationError) as refused:
        hand_over(aino, moves(aino, shut))
    assert set(refused.value.error_dict) == {"to"}
    assert Assignment.objects.count() == 1


def test_nobody_hands_over_to_themselves(aino):
    AssignmentFactory(user=aino)
    with pytest.raises(ValidationError):
        hand_over(aino, moves(aino, aino))


def test_a_period_that_ends_before_is_told_by_number(aino, eero):
    client = AssignmentFactory(user=aino, valid_until=FIRST - DAY).content_object
    with pytest.raises(ValidationError, match=client.register_number):
        hand_over(aino, moves(aino, eero))


def test_a_colleagues_clients_are_given_by_the_main_user_alone(aino, eero, main_user):
    AssignmentFactory(user=aino)
    wanted = moves(aino, eero, by=main_user)
    for stranger in (eero, staff(Role.BILLING, Role.DATA_PROTECTION, Role.EDITOR)):
        assert moves(aino, eero, by=stranger) == []
        with pytest.raises(NotAllowed):
            hand_over(aino, wanted, by=stranger)
    hand_over(aino, wanted, by=main_user)
    assert len(periods(eero)) == 1


def test_a_counsellor_gives_no_client_of_tomorrow(aino, eero):
    """What begins tomorrow opens nothing today: not the name either."""
    period = AssignmentFactory(user=aino, valid_from=TODAY + DAY)
    assert moves(aino, eero) == []
    with pytest.raises(Stale):
        hand_over(aino, [Move(period.content_object_id, eero.staff_member.pk, f"{period.pk}:1")])


def test_the_log_says_who_was_given_whom(aino, eero, main_user):
    client = AssignmentFactory(user=aino).content_object
    hand_over(aino, moves(aino, eero, by=main_user), by=main_user)
    entries = AccessLogEntry.objects.filter(action=Action.ASSIGN).order_by("pk")
    assert [entry.details["counsellor"] for entry in entries] == [aino.pk, eero.pk, aino.pk]
    told = AccessLogSubject.objects.filter(entry__in=entries.values("pk"))
    assert {subject.client for subject in told} == {client.pk}


def test_a_client_who_opens_to_a_main_user_stands_on_the_contacts_list(aino):
    both = staff(Role.COUNSELLOR, Role.MAIN_USER)
    client = AssignmentFactory(user=aino).content_object
    hand_over(aino, moves(aino, both, by=both), by=both)
    assert [change.client for change in AccessChange.objects.all()] == [client.pk]


def test_whom_nobody_has_is_given_without_a_giver(main_user, eero):
    client = ServiceOrderFactory(planned_end=LAST).client
    [row] = hand_over_list.read(None, by=main_user, today=TODAY)
    wanted = [Move(row.client.pk, eero.staff_member.pk, row.seen)]
    hand_over(None, wanted, TODAY, None, by=main_user)
    assert may_see(eero, client, today=TODAY)
    assert hand_over(None, wanted, TODAY, None, by=main_user).before == 1
    other = [Move(client.pk, staff(Role.COUNSELLOR).staff_member.pk, "")]
    with pytest.raises(Stale):
        hand_over(None, other, TODAY, None, by=main_user)


def test_two_hundred_go_in_one_transaction(aino, eero):
    for _ in range(200):
        AssignmentFactory(user=aino)
    assert hand_over(aino, moves(aino, eero)).now == 200
    assert Assignment.objects.current(FIRST).filter(user=eero).count() == 200
    assert not Assignment.objects.current(FIRST).filter(user=aino).exists()
