"""Holds set and released by the data protection contact, and the runs' counts (C33, C44)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from register.domain import retention
from register.enums import Action, Role
from register.models import AccessLogEntry, Hold
from tests.factories import ClientFactory, HoldFactory, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(client):
    user = staff(Role.DATA_PROTECTION)
    client.force_login(user)
    return user


def hold(person, **changes):
    return {
        "register_number": person.register_number,
        "ground": "manual",
        "reason": "Selvitetään vaatimusta.",
        "review_on": timezone.localdate() + timedelta(days=30),
        **changes,
    }


def test_a_hold_opens_the_client_and_its_release_closes_it(client, contact):
    person = ClientFactory(name="Pidätetty Henkilö")
    card = reverse("asiakkaat_modeladmin_inspect", args=[person.pk])
    assert client.get(card).status_code == 404

    client.post(reverse("pidatykset_modeladmin_create"), hold(person))
    placed = Hold.objects.get()
    assert placed.reason == "Selvitetään vaatimusta."
    assert client.get(card).status_code == 200

    client.post(reverse("pidatykset_modeladmin_release", args=[placed.pk]))
    assert client.get(card).status_code == 404
    actions = AccessLogEntry.objects.values_list("action", flat=True)
    assert {Action.HOLD, Action.RELEASE} <= set(actions)


def test_a_hold_is_released_and_never_edited(client, contact):
    placed = HoldFactory()
    page = client.get(reverse("pidatykset_modeladmin_inspect", args=[placed.pk]))
    edit = reverse("pidatykset_modeladmin_edit", args=[placed.pk])
    assert edit not in page.content.decode()
    assert client.get(edit).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"register_number": "AAAAA-AAAAA"}, "register_number"),
        ({"register_number": "x" * 5000}, "register_number"),
        ({"reason": "  "}, "reason"),
        ({"ground": "because"}, "ground"),
        ({"review_on": "1.1.2020"}, "review_on"),
    ],
)
def test_bad_input_sets_no_hold(client, contact, changes, field):
    response = client.post(
        reverse("pidatykset_modeladmin_create"), hold(ClientFactory(), **changes)
    )
    assert field in response.context["form"].errors
    assert not Hold.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DATA_PROTECTION])
def test_nobody_else_sets_or_releases_a_hold(client, role):
    placed = HoldFactory()
    client.force_login(staff(role))
    assert client.get(reverse("pidatykset_modeladmin_index")).status_code == 404
    posted = client.post(reverse("pidatykset_modeladmin_create"), hold(placed.client))
    released = client.post(reverse("pidatykset_modeladmin_release", args=[placed.pk]))
    assert posted.status_code == released.status_code == 404
    assert Hold.objects.get().released_on is None


def test_the_main_user_sees_what_the_runs_did(client):
    retention.apply(today=timezone.localdate())
    client.force_login(staff(Role.MAIN_USER))
    assert client.get(reverse("poistoajot_modeladmin_index")).status_code == 200
    exported = client.get(reverse("poistoajot_modeladmin_index"), {"export": "csv"})
    assert exported["Content-Type"].startswith("text/csv")
