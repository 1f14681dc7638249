"""Two people change one row: the second sees whose change, when, and both values."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from register.access.standing import SYSTEM
from register.domain.orders import notes, orders
from register.domain.staff import accounts, roles
from register.models import AccessLogEntry, Note, ServiceOrder
from register.models.staff import Role
from register.wagtail_admin.base.words import moment
from tests.factories import AssignmentFactory, NoteFactory, ServiceOrderFactory, staff
from tests.forms import form_of, open_form

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
ERROR = "error-message"


@pytest.fixture
def eero():
    return staff(Role.COUNSELLOR, user__first_name="Eero", user__last_name="Ohjaaja")


@pytest.fixture
def order(client, eero):
    """An order of two counsellors, Eero and the one who is logged in."""
    me = staff(Role.COUNSELLOR)
    client.force_login(me)
    order = ServiceOrderFactory(
        counsellor=me.staff_member,
        starts_on=TODAY - timedelta(days=20),
        planned_end=TODAY + timedelta(days=20),
        specification="Lyhyt tarkennus",
    )
    for user in (me, eero):
        AssignmentFactory(user=user, content_object=order.client)
    return order


def edit(row):
    name = {ServiceOrder: "tilaukset", Note: "muistiinpanot"}[type(row)]
    return reverse(f"{name}_modeladmin_edit", args=[row.pk])


def prolong(order, by, **changes):
    changes = {"planned_end": TODAY + timedelta(days=200), **changes}
    return orders.change_order(order=order, changes=changes, seen=None, by=by, today=TODAY)


def test_a_prolongation_survives_a_specification_saved_from_an_older_page(client, order, eero):
    """The issue's own story: A prolongs, and B saves only a specification from an older page."""
    page = open_form(client, edit(order))
    prolong(order, eero)

    told = page.send(client, specification="Uusi tarkennus")

    when = moment(AccessLogEntry.objects.get(action="change").at)
    text = told.content.decode()
    new, old = (
        f"{day.day}.{day.month}.{day.year}"
        for day in (TODAY + timedelta(days=200), TODAY + timedelta(days=20))
    )
    assert f"muutti tätä {when}: rekisterissä on nyt ”{new}”" in text
    assert f"ja sivullasi oli vielä ”{old}”" in text
    assert told.context["form"]["specification"].value() == "Uusi tarkennus"
    order.refresh_from_db()
    assert order.specification == "Lyhyt tarkennus"

    assert form_of(told).send(client).status_code == 302
    order.refresh_from_db()
    assert order.specification == "Uusi tarkennus"
    assert order.planned_end == TODAY + timedelta(days=200)


def test_where_both_changed_the_same_both_values_are_told_and_the_typed_one_stays(
    client, order, eero
):
    page = open_form(client, edit(order))
    prolong(order, eero)
    mine = TODAY + timedelta(days=50)
    told = page.send(client, planned_end=f"{mine:%Y-%m-%d}")
    assert f"ja sinä annoit ”{mine.day}.{mine.month}.{mine.year}”" in told.content.decode()
    assert form_of(told).data["planned_end"] == [f"{mine:%Y-%m-%d}"]
    assert form_of(told).send(client).status_code == 302
    order.refresh_from_db()
    assert order.planned_end == mine


def test_a_third_change_between_is_told_again(client, order, eero):
    page = open_form(client, edit(order))
    prolong(order, eero)
    told = page.send(client, price="99,00")
    prolong(order, eero, manner="remote")
    again = form_of(told).send(client)
    assert again.status_code == 200
    assert "Etäpalvelu" in again.content.decode()
    assert form_of(again).send(client).status_code == 302
    order.refresh_from_db()
    assert (order.price, order.manner) == (99, "remote")


def test_the_same_made_by_both_is_no_conflict(client, order, eero):
    """As when the button is pressed twice: the second answer is that of the first."""
    page = open_form(client, edit(order))
    assert page.send(client, price="99,00").status_code == 302
    assert page.send(client, price="99,00").status_code == 302
    order.refresh_from_db()
    assert (order.price, order.version) == (99, 2)


def test_what_a_statement_changed_is_told_without_a_name(client, order):
    page = open_form(client, edit(order))
    ServiceOrder.objects.update(manner="mixed")
    told = page.send(client, price="99,00")
    assert told.status_code == 200
    assert "Joku muutti tätä sillä välin" in told.content.decode()
    assert form_of(told).send(client).status_code == 302
    order.refresh_from_db()
    assert (order.manner, order.price) == ("mixed", 99)


def test_a_change_by_the_system_is_told_as_such(client, order):
    page = open_form(client, edit(order))
    prolong(order, SYSTEM)
    assert "Järjestelmä muutti tätä" in page.send(client, price="1").content.decode()


@pytest.mark.parametrize("seal", [None, "", "x", "forged"])
def test_a_page_without_our_seal_overwrites_nothing_unseen(client, order, seal):
    page = open_form(client, edit(order))
    if seal == "forged":
        seal = page.data["seen"][0].replace(":", ":x")
    told = page.send(client, price="99,00", seen=seal)
    assert told.status_code == 200
    order.refresh_from_db()
    assert order.price == 120
    assert form_of(told).send(client).status_code == 302
    order.refresh_from_db()
    assert order.price == 99


def test_a_page_of_another_account_overwrites_nothing_unseen(client, order, eero):
    page = open_form(client, edit(order))
    client.force_login(eero)
    assert page.send(client, price="99,00").status_code == 200
    order.refresh_from_db()
    assert order.price == 120


def test_a_wrong_value_on_an_older_page_is_told_first_and_nothing_is_lost(client, order, eero):
    page = open_form(client, edit(order))
    prolong(order, eero)
    wrong = page.send(client, price="-1", specification="Pitkä ja harkittu")
    assert "price" in wrong.context["form"].errors
    told = form_of(wrong).send(client, price="99,00")
    assert "Eero Ohjaaja" in told.content.decode()
    assert form_of(told).send(client).status_code == 302
    order.refresh_from_db()
    assert (order.specification, order.price) == ("Pitkä ja harkittu", 99)
    assert order.planned_end == TODAY + timedelta(days=200)


def test_a_long_text_is_told_by_the_place_where_it_parts(client, order):
    me = order.counsellor
    beginning = "Keskusteltiin hakemuksesta ja sovittiin jatkosta. " * 40
    note = NoteFactory(order=order, author=me, met_on=TODAY, text=f"{beginning}Tavataan tiistaina.")
    page = open_form(client, edit(note))
    notes.change_note(
        note=note,
        changes={"text": f"{beginning}Tavataan keskiviikkona."},
        seen=None,
        by=me.user,
        today=TODAY,
    )
    told = page.send(client, text=f"{beginning}Tavataan perjantaina.")
    (message,) = told.context["form"].errors["text"]
    assert "keskiviikkona" in message
    assert "perjantaina" in message
    assert len(message) < 300
    assert told.context["form"]["text"].value() == f"{beginning}Tavataan perjantaina."


def test_a_stale_page_does_not_open_what_was_restricted(client, order):
    page = open_form(client, edit(order))
    ServiceOrder.objects.update(restricted_on=date(2027, 1, 1))
    answer = page.send(client, specification="Pitkä ja harkittu")
    assert answer.status_code == 404
    assert "Pitkä ja harkittu" in answer.content.decode()
    order.refresh_from_db()
    assert (order.restricted_on, order.specification) == (date(2027, 1, 1), "Lyhyt tarkennus")


def test_an_older_row_in_a_verbs_hand_does_not_open_it_either(order, eero):
    ServiceOrder.objects.update(restricted_on=date(2027, 1, 1))
    prolong(order, SYSTEM)
    order.refresh_from_db()
    assert order.restricted_on == date(2027, 1, 1)


def test_roles_are_told_by_their_names(client):
    main_user, other = staff(Role.MAIN_USER), staff(Role.MAIN_USER)
    member = staff(Role.COUNSELLOR).staff_member
    client.force_login(main_user)
    page = open_form(client, reverse("henkilosto_modeladmin_edit", args=[member.pk]))
    how = {"member": member, "seen": None, "by": other, "today": TODAY}
    roles.set_roles(roles=[Role.COUNSELLOR, Role.BILLING], **how)

    told = page.send(client, roles=["editor"]).content.decode()

    assert "rekisterissä on nyt ”Ohjaaja, Laskutus”, ja sinä annoit ”" in told
    assert other.get_username() in told


def test_what_the_form_has_no_field_for_is_told_above_it(client):
    main_user, other = staff(Role.MAIN_USER), staff(Role.MAIN_USER)
    member = staff(Role.COUNSELLOR).staff_member
    client.force_login(main_user)
    page = open_form(client, reverse("henkilosto_modeladmin_edit", args=[member.pk]))
    accounts.close(member=member, seen=None, by=other, today=TODAY)
    told = page.send(client, first_name="Uusi")
    assert "muutti kohtaa ”Tunnus suljettu”" in " ".join(told.context["form"].non_field_errors())
