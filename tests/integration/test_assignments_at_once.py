"""One day falls in at most one period of a counsellor and client, whoever writes, and when."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from register.domain.clients import assignments, hand_over_list, handing_over
from register.domain.clients.handing_over import Move
from register.exceptions import Stale
from register.models import Assignment
from register.models.staff import Role
from tests.factories import AssignmentFactory, ClientFactory, UserFactory, staff

TODAY = date(2027, 3, 1)
on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no exclusion constraints"
)


@pytest.fixture
def other():
    """Runs a function at the same time, on a connection of its own."""
    with ThreadPoolExecutor(1) as thread:

        def start(function):
            def run():
                try:
                    return function()
                finally:
                    connection.close()

            return thread.submit(run)

        yield start


@pytest.fixture
def pair(transactional_db):
    return {
        "client": ClientFactory(),
        "user": staff(Role.COUNSELLOR, user__first_name="Aino", user__last_name="Ohjaaja"),
    }


def assign(pair, valid_from, by):
    return assignments.assign(**pair, valid_from=valid_from, valid_until=None, by=by, today=TODAY)


def prolong(pair, by):
    return assignments.set_dates(
        assignment=Assignment.objects.get(valid_until=TODAY),
        valid_from=TODAY,
        valid_until=None,
        seen=None,
        by=by,
        today=TODAY,
    )


@pytest.mark.parametrize(
    "second",
    [lambda pair, by: assign(pair, TODAY + timedelta(days=9), by), prolong],
    ids=["assign", "prolong"],
)
def test_of_two_main_users_at_once_the_second_reads_what_the_first_did(pair, other, second):
    first_user, second_user = staff(Role.MAIN_USER), staff(Role.MAIN_USER)
    names = {"content_object": pair["client"], "user": pair["user"]}
    AssignmentFactory(**names, valid_from=TODAY, valid_until=TODAY)

    with transaction.atomic():
        assign(pair, TODAY + timedelta(days=1), first_user)
        waiting = other(lambda: second(pair, second_user))
        with pytest.raises(TimeoutError):
            waiting.result(timeout=1)
    with pytest.raises(ValidationError, match=r"on jo vastuussa .* 2\.3\.2027 alkaen"):
        waiting.result(timeout=30)
    assert list(Assignment.objects.order_by("pk").values_list("valid_until", flat=True)) == [
        TODAY,
        None,
    ]


def test_of_two_who_hand_over_the_same_clients_at_once_the_second_does_nothing(
    transactional_db, other
):
    """One main user gives them to Eero, another to Liisa: the second looks again (C34)."""
    main_users = [staff(Role.MAIN_USER), staff(Role.MAIN_USER)]
    aino = staff(Role.COUNSELLOR)
    for _ in range(3):
        AssignmentFactory(user=aino)
    rows = hand_over_list.read(aino.staff_member, by=main_users[0], today=TODAY)

    def give(colleague, by):
        return handing_over.hand_over(
            giver=aino.staff_member,
            moves=[Move(row.client.pk, colleague.staff_member.pk, row.seen) for row in rows],
            valid_from=TODAY + timedelta(days=1),
            valid_until=TODAY + timedelta(days=30),
            by=by,
            today=TODAY,
        )

    eero, liisa = staff(Role.COUNSELLOR), staff(Role.COUNSELLOR)
    with transaction.atomic():
        give(eero, main_users[0])
        waiting = other(lambda: give(liisa, main_users[1]))
        with pytest.raises(TimeoutError):
            waiting.result(timeout=1)
    with pytest.raises(Stale):
        waiting.result(timeout=30)
    assert Assignment.objects.filter(user=eero).count() == 3
    assert not Assignment.objects.filter(user=liisa).exists()
    assert give(eero, main_users[1]).before == 3


@on_postgresql
def test_of_two_who_write_past_the_verbs_the_second_is_refused_by_the_database(pair, other):
    names = {"content_object": pair["client"], "user": pair["user"]}
    with transaction.atomic():
        AssignmentFactory(**names, valid_from=TODAY)
        waiting = other(lambda: AssignmentFactory(**names, valid_from=date(2028, 1, 1)))
        with pytest.raises(TimeoutError):
            waiting.result(timeout=1)
    with pytest.raises(IntegrityError, match="assignment_one_period_a_day"):
        waiting.result(timeout=30)


DAYS = st.integers(0, 5).map(lambda days: TODAY + timedelta(days=days))
PERIODS = st.tuples(DAYS, st.none() | DAYS, st.none() | DAYS).filter(
    lambda period: period[1] is None or period[0] <= period[1]
)


@on_postgresql
@pytest.mark.django_db
def test_the_database_refuses_what_the_queryset_calls_an_overlap():
    names = {"content_object": ClientFactory(), "user": UserFactory()}
    seen = set()

    @hypothesis_settings(max_examples=300)
    @given(st.tuples(PERIODS, PERIODS))
    def agree(periods):
        with transaction.atomic():
            one, other = (
                AssignmentFactory.build(
                    **names,
                    permission_id=permission,
                    **dict(zip(("valid_from", "valid_until", "revoked_on"), period, strict=True)),
                )
                for period in periods
            )
            one.save()
            overlaps = Assignment.objects.overlapping(other).exists()
            try:
                with transaction.atomic():
                    other.save()
                    assert Assignment.objects.overlapping(one).exists() is overlaps
            except IntegrityError:
                assert overlaps
            else:
                assert not overlaps
            seen.add(overlaps)
            transaction.set_rollback(True)

    permission = AssignmentFactory().permission_id
    agree()
    assert seen == {True, False}
