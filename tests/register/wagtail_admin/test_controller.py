"""The controller's facts are changed in the site's settings, and the log says which (C38)."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import resolve, reverse
from django.utils.timezone import localdate

from register.domain import controller
from register.domain.operations.first_day import required_facts
from register.models import AccessLogEntry, Controller, RegisterLogEntry
from register.models.staff import Role
from register.wagtail_admin.controller import ControllerView
from tests.factories import staff
from tests.forms import form_of, open_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(site_content):
    site = Controller.objects.get().site_id
    return reverse("wagtailsettings:edit", args=["register", "controller", site])


def test_the_settings_own_address_leads_here(address):
    assert resolve(address).func.view_class is ControllerView


def test_a_change_names_the_row_and_its_fields_and_no_value(client, address):
    editor = staff(Role.EDITOR)
    client.force_login(editor)
    version = Controller.objects.get().version
    answer = open_form(client, address).send(client, city="Espoo", contact_phone="09 123 456")
    assert answer["Location"] == address
    changed = Controller.objects.get()
    assert (changed.city, changed.contact_phone) == ("Espoo", "09 123 456")
    entry = AccessLogEntry.objects.exclude(action="log_in").get()
    assert (entry.actor, entry.model, entry.object_key) == (
        editor.pk,
        "register.Controller",
        str(changed.pk),
    )
    assert entry.details == {"fields": ["city", "contact_phone"], "version": version + 1}
    history = RegisterLogEntry.objects.get()
    assert (history.user, history.data) == (editor, entry.details)


def test_what_is_saved_unchanged_is_no_change(client, address):
    client.force_login(staff(Role.EDITOR))
    assert open_form(client, address).send(client).status_code == 302
    assert not AccessLogEntry.objects.exclude(action="log_in").exists()


def test_a_wrong_value_is_told_and_changes_nothing(client, address):
    client.force_login(staff(Role.EDITOR))
    answer = open_form(client, address).send(client, business_id="1937104-8")
    assert "business_id" in answer.context["form"].errors
    assert Controller.objects.get().business_id == "1937104-7"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EDITOR])
def test_only_an_editor_changes_it(client, address, role):
    client.force_login(staff(role))
    for answer in (client.get(address), client.post(address, {"city": "Espoo"})):
        assert answer.status_code == 302
        assert answer["Location"] == reverse("wagtailadmin_home")
    assert Controller.objects.get().city == "Vantaa"


def test_a_superuser_without_the_role_does_not(client, address):
    client.force_login(get_user_model().objects.create_superuser("root", "r@example.org"))
    assert client.post(address, {"city": "Espoo"}).status_code == 302
    assert Controller.objects.get().city == "Vantaa"


def test_what_another_editor_changed_meanwhile_is_told_and_kept(client, address):
    client.force_login(staff(Role.EDITOR))
    page = open_form(client, address)
    other = staff(Role.EDITOR, user__first_name="Eero", user__last_name="Toimittaja")
    changes = {"city": "Espoo", "phone": "09 123 456"}
    controller.change(
        Controller.objects.get(), changes=changes, seen=None, by=other, today=localdate()
    )

    told = page.send(client, city="Kerava", website="www.example.org")

    text = told.content.decode()
    assert "Eero Toimittaja" in text
    assert "rekisterissä on nyt ”Espoo”, ja sinä annoit ”Kerava”" in text
    assert "rekisterissä on nyt ”09 123 456”" in text
    assert Controller.objects.get().city == "Espoo"
    assert form_of(told).send(client)["Location"] == address
    kept = Controller.objects.get()
    assert (kept.city, kept.phone, kept.website) == ("Kerava", "09 123 456", "www.example.org")


def test_the_same_made_by_two_editors_is_no_conflict(client, address):
    client.force_login(staff(Role.EDITOR))
    page = open_form(client, address)
    assert [page.send(client, city="Espoo").status_code for _ in range(2)] == [302, 302]
    assert Controller.objects.get().city == "Espoo"


def test_a_page_without_our_seal_overwrites_nothing_unseen(client, address):
    client.force_login(staff(Role.EDITOR))
    page = open_form(client, address)
    told = page.send(client, seen=None, city="Espoo")
    assert told.status_code == 200
    assert Controller.objects.get().city == "Vantaa"
    assert form_of(told).send(client).status_code == 302
    assert Controller.objects.get().city == "Espoo"


def test_texts_that_are_pasted_are_understood(client, address):
    client.force_login(staff(Role.EDITOR))
    form = open_form(client, address)
    answer = form.send(client, business_id="FI 0737546 – 2", email="a@exam\u200bple.org")
    assert answer.status_code == 302
    changed = Controller.objects.get()
    assert (changed.business_id, changed.email) == ("0737546-2", "a@example.org")
    assert 'maxlength="9"' not in client.get(address).content.decode()


FACTS = [field.name for field in required_facts()]


@pytest.mark.parametrize("name", FACTS)
def test_no_fact_may_be_empty(client, address, name):
    client.force_login(staff(Role.EDITOR))
    answer = open_form(client, address).send(client, **{name: " "})
    assert name in answer.context["form"].errors
    assert getattr(Controller.objects.get(), name)


def test_a_pasted_website_is_stored_as_a_bare_host(client, address):
    client.force_login(staff(Role.EDITOR))
    open_form(client, address).send(client, website="https://uusi.example.fi/etusivu?x=1")
    assert Controller.objects.get().website == "uusi.example.fi"


def test_a_phone_is_shown_as_typed_and_dialled_in_full(client, address):
    client.force_login(staff(Role.EDITOR))
    answer = open_form(client, address).send(client, phone="soita meille")
    assert "phone" in answer.context["form"].errors
    page = client.get("/tietosuojaseloste/").content.decode().replace("\xa0", " ")
    assert '<a href="tel:+358104204140">010 420 4140</a>' in page
    assert '<a href="tel:+358407676884">040 767 6884</a>' in page


def test_two_addresses_that_become_one_are_asked_about(client, address):
    """O3: nobody merges them by mistake."""
    client.force_login(staff(Role.EDITOR))
    street = Controller.objects.get().street_address
    answer = open_form(client, address).send(client, contact_street_address=street)
    assert "contact_street_address" in answer.context["form"].errors
    assert Controller.objects.get().contact_street_address != street
    form_of(answer).send(client, same_address="1")
    assert Controller.objects.get().contact_street_address == street
    assert open_form(client, address).send(client, city="Espoo").status_code == 302
