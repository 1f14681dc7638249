"""DOMAIN 3, legal hold: placed and released by name, logged, and only postponing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from register.domain import holds
from register.enums import Action, HoldGround, Role
from register.models import AccessLogEntry, AccessLogSubject, Client, Hold
from tests.factories import ClientFactory, HoldFactory, staff

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 1)


def place(client, **changes):
    details = {
        "ground": HoldGround.MANUAL,
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


@pytest.mark.parametrize("changes", [{"reason": ""}, {"review_on": date(2026, 10, 31)}])
def test_it_needs_a_reason_and_a_review_to_come(changes):
    with pytest.raises(ValidationError):
        place(ClientFactory(), **changes)
    assert not AccessLogEntry.objects.exists()


def test_an_erased_client_takes_no_hold():
    client = ClientFactory()
    Client.objects.all().delete()
    with pytest.raises(Client.DoesNotExist):
        place(client)


def test_a_release_counts_from_its_day_and_is_logged_once():
    hold = HoldFactory(set_on=date(2026, 1, 2))
    contact = staff(Role.DATA_PROTECTION)
    for day in (TODAY, date(2026, 12, 1)):
        holds.release(hold=hold, by=contact, today=day)
    assert Hold.objects.get().released_on == TODAY
    assert Hold.objects.active(date(2026, 10, 31)).exists()
    assert not Hold.objects.active(TODAY).exists()
    assert AccessLogEntry.objects.get().action == Action.RELEASE


def test_a_hold_that_cannot_be_logged_is_not_placed(monkeypatch):
    def fail(**kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(holds, "record", fail)
    with pytest.raises(OSError, match="disk full"):
        place(ClientFactory())
    assert not Hold.objects.exists()
