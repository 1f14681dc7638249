"""Holds set and released by the data protection contact, and the runs' counts (C33, C44)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from register.domain.retention import runs
from register.models import AccessLogEntry, Client, Hold
from register.models.access_log import Action
from register.models.retention import HoldGround
from register.models.staff import Role
from tests.factories import ClientFactory, HoldFactory, ServiceOrderFactory, night_of, run_on, staff
from tests.forms import open_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(client):
    user = staff(Role.DATA_PROTECTION)
    client.force_login(user)
    return user


def hold(person, **changes):
    return {
        "register_number": person.register_number,
        "ground": "legal_claims",
        "reason": "Selvitetään vaatimusta.",
        "review_on": timezone.localdate() + timedelta(days=30),
        **changes,
    }


def test_a_hold_opens_the_client_and_its_release_closes_it(client, contact):
    person = ClientFactory(name="Lykätty Henkilö")
    card = reverse("asiakkaat_modeladmin_inspect", args=[person.pk])
    assert client.get(card).status_code == 404

    client.post(reverse("poistolykkaykset_modeladmin_create"), hold(person))
    placed = Hold.objects.get()
    assert placed.reason == "Selvitetään vaatimusta."
    assert client.get(card).status_code == 200

    release = reverse("poistolykkaykset_modeladmin_release", args=[placed.pk])
    open_form(client, release, ".register-confirm form").send(client)
    assert client.get(card).status_code == 404
    actions = AccessLogEntry.objects.values_list("action", flat=True)
    assert {Action.HOLD, Action.RELEASE} <= set(actions)


def test_a_hold_is_released_and_never_edited(client, contact):
    placed = HoldFactory()
    page = client.get(reverse("poistolykkaykset_modeladmin_inspect", args=[placed.pk]))
    edit = reverse("poistolykkaykset_modeladmin_edit", args=[placed.pk])
    assert edit not in page.content.decode()
    assert client.get(edit).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"register_number": "AAAAA-AAAAA"}, "register_number"),
        ({"register_number": "x" * 5000}, "register_number"),
        ({"reason": "  "}, "reason"),
        ({"ground": "because"}, "ground"),
        ({"ground": ""}, "ground"),
        ({"ground": "manual"}, "ground"),
        ({"ground": "request"}, "ground"),
        ({"review_on": timezone.localdate() + timedelta(days=367)}, "review_on"),
        ({"review_on": "1.1.2020"}, "review_on"),
    ],
)
def test_bad_input_sets_no_hold(client, contact, changes, field):
    response = client.post(
        reverse("poistolykkaykset_modeladmin_create"), hold(ClientFactory(), **changes)
    )
    assert field in response.context["form"].errors
    assert not Hold.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DATA_PROTECTION])
def test_nobody_else_sets_or_releases_a_hold(client, role):
    placed = HoldFactory()
    client.force_login(staff(role))
    assert client.get(reverse("poistolykkaykset_modeladmin_index")).status_code == 404
    posted = client.post(reverse("poistolykkaykset_modeladmin_create"), hold(placed.client))
    released = client.post(reverse("poistolykkaykset_modeladmin_release", args=[placed.pk]))
    assert posted.status_code == released.status_code == 404
    assert Hold.objects.get().released_on is None


def test_the_main_user_sees_what_the_runs_did(client):
    run_on(timezone.localdate())
    client.force_login(staff(Role.MAIN_USER))
    assert client.get(reverse("poistoajot_modeladmin_index")).status_code == 200
    exported = client.get(reverse("poistoajot_modeladmin_index"), {"export": "csv"})
    assert exported["Content-Type"].startswith("text/csv")


# --- what a release does is said before


def test_a_release_names_whom_the_next_run_erases_and_when(client, contact):
    last_year = timezone.localdate().replace(month=1, day=2) - timedelta(days=100)
    order = ServiceOrderFactory(
        client__name="Lykätty Henkilö", starts_on=last_year, planned_end=last_year, price=0
    )
    placed = HoldFactory(client=order.client)
    url = reverse("poistolykkaykset_modeladmin_release", args=[placed.pk])
    page = client.get(url).content.decode()
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "Kaikki tiedot" in page
    assert f"Lykätty Henkilö ({order.client})" in page
    assert f"{tomorrow.day}.{tomorrow.month}.{tomorrow.year}" in page
    assert Hold.objects.get().released_on is None
    assert not AccessLogEntry.objects.filter(action=Action.RELEASE).exists()

    open_form(client, url, ".register-confirm form").send(client)
    runs.apply(today=tomorrow, now=night_of(tomorrow))
    assert not Client.objects.exists()


def test_a_release_that_erases_nobody_yet_says_so(client, contact):
    placed = HoldFactory(client=ServiceOrderFactory(planned_end=timezone.localdate()).client)
    page = client.get(reverse("poistolykkaykset_modeladmin_release", args=[placed.pk]))
    assert "ei poisteta mitään" in page.content.decode()


# --- reviews


def test_a_hold_is_reviewed_on_a_page_of_its_own(client, contact):
    placed = HoldFactory()
    url = reverse("poistolykkaykset_modeladmin_review", args=[placed.pk])
    form = open_form(client, url, ".register-confirm form")
    assert "ground" not in form.data
    far = timezone.localdate() + timedelta(days=400)
    refused = form.send(client, review_on=f"{far:%Y-%m-%d}")
    assert "review_on" in refused.context["form"].errors
    assert f"{far:%Y-%m-%d}" in refused.content.decode()

    near = timezone.localdate() + timedelta(days=200)
    form.send(client, review_on=f"{near:%Y-%m-%d}")
    placed.refresh_from_db()
    assert (placed.review_on, placed.reviewed_on) == (near, timezone.localdate())


def test_a_hold_without_a_ground_is_asked_for_it(client, contact):
    placed = HoldFactory(ground=HoldGround.UNSTATED)
    url = reverse("poistolykkaykset_modeladmin_review", args=[placed.pk])
    form = open_form(client, url, ".register-confirm form")
    near = f"{timezone.localdate() + timedelta(days=200):%Y-%m-%d}"
    assert "ground" in form.send(client, review_on=near).context["form"].errors
    form.send(client, review_on=near, ground="restriction")
    placed.refresh_from_db()
    assert placed.ground == HoldGround.RESTRICTION


@pytest.mark.parametrize("role", [Role.MAIN_USER, Role.DATA_PROTECTION])
def test_a_late_review_is_shown_on_the_first_screen(client, role):
    client.force_login(staff(role))
    home = reverse("wagtailadmin_home")
    HoldFactory(review_on=timezone.localdate(), set_on=timezone.localdate())
    assert "tarkistus on myöhässä" not in client.get(home).content.decode()
    late = HoldFactory(review_on=timezone.localdate() - timedelta(days=1))
    page = client.get(home).content.decode()
    assert "tarkistus on myöhässä" in page
    overdue = f"{reverse('poistolykkaykset_modeladmin_index')}?tila=overdue"
    assert (overdue in page) == (role is Role.DATA_PROTECTION)
    if role is Role.DATA_PROTECTION:
        assert list(client.get(overdue).context["object_list"]) == [late]


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.BILLING, Role.EDITOR])
def test_nobody_else_is_told(client, role):
    HoldFactory(review_on=date(2026, 1, 3))
    client.force_login(staff(role))
    assert "myöhässä" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_no_hold_is_called_an_arrest():
    """It is "poiston lykkäys" in all that a person reads, its address too."""
    for catalogue in Path(settings.BASE_DIR).glob("*/locale/fi/LC_MESSAGES/django.po"):
        assert "pidäty" not in catalogue.read_text().lower(), catalogue
    assert reverse("poistolykkaykset_modeladmin_index") == "/admin/poistolykkaykset/"
