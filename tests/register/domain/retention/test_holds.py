"""R06: legal holds are placed and released by name, are logged, and only postpone."""

import importlib
from calendar import monthrange
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.access.standing import SYSTEM
from register.domain.access_log import recording
from register.domain.retention import holds
from register.exceptions import Erased
from register.models import AccessLogEntry, AccessLogSubject, Client, Hold
from register.models.access_log import Action
from register.models.retention import BY_HAND, HoldGround
from register.models.staff import Role
from tests.factories import ClientFactory, HoldFactory, staff

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 1)


def place(client, **changes):
    details = {
        "ground": HoldGround.LEGAL_CLAIMS,
        "reason": "Keksitty riita",
        "review_on": date(2027, 1, 15),
        "by": staff(Role.DATA_PROTECTION),
        "today": TODAY,
    }
    return holds.place(client=client, **details | changes)


def test_a_hold_is_placed_and_logged():
    client = ClientFactory()
    hold = place(client)
    assert list(Hold.objects.active(TODAY)) == [hold]
    assert Hold.objects.get().reason == "Keksitty riita"
    entry = AccessLogEntry.objects.get()
    assert (entry.action, entry.actor) == (Action.HOLD, hold.set_by_id)
    assert AccessLogSubject.objects.get(entry=entry.pk).client == client.pk


def test_its_reason_is_encrypted():
    place(ClientFactory())
    assert "riita" not in Hold.objects.get().reason_encrypted


@pytest.mark.parametrize(
    "changes",
    [
        {"reason": ""},
        {"reason": "\u200b"},
        {"review_on": date(2026, 10, 31)},
        {"review_on": date(2027, 11, 2)},
        {"ground": HoldGround.UNSTATED},
        {"ground": HoldGround.REQUEST},
        {"ground": HoldGround.BREACH},
        {"ground": "because"},
        {"ground": None},
    ],
)
def test_it_needs_a_ground_of_the_law_a_reason_and_a_review_within_a_year(changes):
    with pytest.raises(ValidationError):
        place(ClientFactory(), **changes)
    assert not AccessLogEntry.objects.exists()


def test_an_erased_client_takes_no_hold():
    client = ClientFactory()
    Client.objects.all().delete()
    with pytest.raises(Erased):
        place(client)


def test_a_release_counts_from_its_day_and_is_logged_once():
    hold = HoldFactory(set_on=date(2026, 1, 2))
    contact = staff(Role.DATA_PROTECTION)
    for day in (TODAY, date(2026, 12, 1)):
        holds.release(hold=hold, seen=None, by=contact, today=day)
    assert Hold.objects.get().released_on == TODAY
    assert Hold.objects.active(date(2026, 10, 31)).exists()
    assert not Hold.objects.active(TODAY).exists()
    assert AccessLogEntry.objects.get().action == Action.RELEASE


def test_a_hold_that_cannot_be_logged_is_not_placed(monkeypatch):
    def fail(**kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(recording, "record", fail)
    with pytest.raises(OSError, match="disk full"):
        place(ClientFactory())
    assert not Hold.objects.exists()


@pytest.mark.parametrize("ground", BY_HAND)
def test_a_review_may_be_a_year_away_to_the_day(ground):
    assert place(ClientFactory(), ground=ground, review_on=date(2027, 11, 1)).ground == ground


def test_the_system_holds_for_a_request_or_a_breach():
    assert place(ClientFactory(), ground=HoldGround.BREACH, by=SYSTEM)


# --- reviewed


def review(hold, **changes):
    return holds.review(
        **{
            "hold": hold,
            "until": date(2027, 6, 1),
            "seen": None,
            "by": staff(Role.DATA_PROTECTION),
            "today": TODAY,
        }
        | changes
    )


def test_a_review_moves_the_next_one_and_is_logged():
    hold = HoldFactory()
    assert list(Hold.objects.overdue(TODAY)) == [hold]
    review(hold)
    hold.refresh_from_db()
    assert (hold.review_on, hold.reviewed_on) == (date(2027, 6, 1), TODAY)
    assert not Hold.objects.overdue(TODAY).exists()
    assert Hold.objects.active(TODAY).exists()
    entry = AccessLogEntry.objects.get()
    assert (entry.action, entry.object_key) == (Action.REVIEW, str(hold.pk))
    assert AccessLogSubject.objects.get(entry=entry.pk).client == hold.client_id


def test_a_review_that_keeps_the_day_is_one_too():
    hold = HoldFactory(review_on=date(2026, 12, 1))
    review(hold, until=date(2026, 12, 1))
    hold.refresh_from_db()
    assert hold.reviewed_on == TODAY
    assert AccessLogEntry.objects.get().action == Action.REVIEW


@pytest.mark.parametrize("until", [date(2026, 10, 31), date(2027, 11, 2), date(2030, 1, 1)])
def test_a_review_is_never_more_than_twelve_months_away(until):
    hold = HoldFactory()
    with pytest.raises(ValidationError) as refused:
        review(hold, until=until)
    assert refused.value.message_dict.keys() == {"review_on"}
    assert not AccessLogEntry.objects.exists()


def test_a_hold_without_a_ground_is_overdue_until_it_gets_one():
    hold = HoldFactory(ground=HoldGround.UNSTATED, review_on=date(2026, 12, 1))
    assert list(Hold.objects.overdue(TODAY)) == [hold]
    assert hold.is_overdue(TODAY)
    with pytest.raises(ValidationError):
        review(hold)
    review(hold, ground=HoldGround.LEGAL_CLAIMS)
    assert not Hold.objects.overdue(TODAY).exists()


def test_a_released_hold_is_not_reviewed():
    with pytest.raises(ValidationError):
        review(HoldFactory(released_on=date(2026, 5, 1)))


DAYS = st.dates(date(2023, 1, 1), date(2030, 12, 31))


@given(set_on=DAYS, reviews=st.lists(st.tuples(DAYS, DAYS), max_size=3), today=DAYS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_hold_is_unreviewed_for_more_than_a_year_and_none_lets_go_by_itself(
    set_on, reviews, today
):
    """The oracle counts months by hand; the database refuses what the verb would let through."""
    with transaction.atomic():
        by, last, until = staff(Role.DATA_PROTECTION), set_on, None
        for day, wanted in [(set_on, set_on), *sorted(reviews)]:
            try:
                if until is None:
                    hold = place(ClientFactory(), review_on=wanted, today=day, by=by)
                elif day >= last:
                    holds.review(hold=hold, until=wanted, seen=None, by=by, today=day)
                else:
                    continue
            except ValidationError:
                assert not day <= wanted or months_after(day, wanted) > 12
                continue
            assert day <= wanted
            assert months_after(day, wanted) <= 12
            last, until = day, wanted
        hold.refresh_from_db()
        assert (hold.reviewed_on or hold.set_on, hold.review_on) == (last, until)
        assert hold.is_active(today)
        assert hold.is_overdue(today) == (until < today)
        far = Hold.objects.filter(pk=hold.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            far.update(review_on=last + timedelta(days=367))
        transaction.set_rollback(True)


def months_after(day, later):
    """Whole months from the day to the later one, and a part of one counts as one."""
    months = (later.year - day.year) * 12 + later.month - day.month
    last = monthrange(later.year, later.month)[1]
    return months + (later.day > min(day.day, last))


def test_a_populated_register_keeps_its_holds():
    migration = importlib.import_module("register.migrations.0009_grounds_of_holds")
    near = HoldFactory(set_on=date(2026, 1, 2), review_on=date(2027, 1, 2))
    kept = {near.pk: near.review_on}
    migration.bring_reviews_near(apps, SimpleNamespace(connection=connection))
    assert dict(Hold.objects.values_list("pk", "review_on")) == kept
