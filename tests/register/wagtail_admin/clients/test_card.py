"""The client card: who it is, until when, what is open first, and what stands beside (C18, C44)."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from register.models import Assignment
from register.models.staff import Role
from register.reference.clock import today
from register.text.days import written
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    HoldFactory,
    NoteFactory,
    ServiceFactory,
    ServiceOrderFactory,
    staff,
)

pytestmark = pytest.mark.django_db
TODAY = today()


@pytest.fixture
def counsellor(client):
    user = staff(Role.COUNSELLOR)
    client.force_login(user)
    return user


@pytest.fixture
def own(counsellor):
    return AssignmentFactory(user=counsellor, content_object=ClientFactory()).content_object


def card(client, person):
    response = client.get(reverse("asiakkaat_modeladmin_inspect", args=[person.pk]))
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def words(node):
    return " ".join(node.get_text(" ").split())


def order_of(person, service, **dates):
    starts_on = TODAY - timedelta(days=300)
    fields = {"starts_on": starts_on, "service": ServiceFactory(name=service)} | dates
    return ServiceOrderFactory(client=person, **fields)


def test_it_says_who_it_is_and_when_it_is_erased_and_why(client, own):
    """C44."""
    end = TODAY + timedelta(days=100)
    order_of(own, "Uraohjaus", planned_end=end)
    told = words(card(client, own).select_one(".register-identity"))
    assert own.name in told
    assert own.register_number in told
    assert "Voimassa" in told
    told_day = f"Poistetaan tammikuussa {end.year + 1}, koska Uraohjaus päättyy {written(end)}."
    assert told_day in told


def test_a_call_and_a_letter_are_one_click_away(client, own):
    page = card(client, own)
    [dial] = page.select("a[href^='tel:']")
    assert dial["href"] == f"tel:{own.phone.as_e164}"
    [write] = page.select("a[href^='mailto:']")
    assert write["href"] == f"mailto:{own.email}"


def test_open_orders_stand_first(client, own):
    order_of(own, "Vanha", planned_end=TODAY, actual_end=TODAY - timedelta(days=1))
    order_of(own, "Avoin", planned_end=TODAY + timedelta(days=9))
    shown = [words(each) for each in card(client, own).select(".register-order h3")]
    assert shown == ["Avoin", "Vanha"]
    states = [words(each) for each in card(client, own).select(".register-order .w-status")]
    assert states == ["Päättyy pian", "Päättynyt"]


def test_notes_of_all_orders_stand_newest_first_and_fold_after_five(client, own):
    orders = [order_of(own, name, planned_end=TODAY) for name in ("Yksi", "Kaksi")]
    days = [TODAY - timedelta(days=number) for number in (3, 1, 5, 2, 6, 4, 7)]
    for number, day in enumerate(days):
        NoteFactory(order=orders[number % 2], met_on=day)
    page = card(client, own)
    told = [words(each).split()[0] for each in page.select(".register-timeline h3")]
    assert told == [written(day) for day in sorted(days, reverse=True)]
    assert len(page.select(".register-folded h3")) == 2
    assert "2 aiempaa muistiinpanoa" in words(page.select_one(".register-folded summary"))


def test_beside_it_stands_who_else_works_with_the_client(client, own):
    """C33."""
    other = staff(Role.COUNSELLOR)
    AssignmentFactory(user=other, content_object=own, valid_from=TODAY)
    AssignmentFactory(user=staff(Role.COUNSELLOR))
    told = words(card(client, own).select_one(".register-card__side"))
    for period in Assignment.objects.filter(content_object=own):
        assert (period.user.get_full_name() or period.user.username) in told
    assert other.get_full_name() in told


def test_a_counsellor_reads_that_the_erasure_is_postponed_and_not_why(client, own):
    """R06: the ground is the contact's."""
    order_of(own, "Uraohjaus", planned_end=TODAY + timedelta(days=9))
    hold = HoldFactory(client=own, review_on=TODAY + timedelta(days=5))
    told = words(card(client, own))
    assert "Poisto lykätty" in told
    assert written(hold.review_on) in told
    assert hold.get_ground_display() not in told
    assert hold.reason not in told

    client.force_login(staff(Role.DATA_PROTECTION))
    page = card(client, own)
    assert f"Peruste: {hold.get_ground_display()}." in words(page)
    assert page.select(f"a[href$='/{hold.pk}/']")


def test_a_client_who_was_given_no_notice_is_seen_so(client, own):
    page = card(client, own)
    assert "Tietosuojaselosteen antamista ei ole kirjattu" in words(page)
    assert page.select(f"a[href='{reverse('asiakkaat_modeladmin_slip', args=[own.pk])}']")
