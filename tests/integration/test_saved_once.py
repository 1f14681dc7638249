"""A form that adds a row adds one, however often its button is pressed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client as Browser
from django.utils import timezone

from register.domain.operations import saved_once
from register.exceptions import SavedBefore
from register.models import KeptResult, Office, Service
from register.models.staff import Role
from register.reference.clock import today
from register.wagtail_admin.base.forms import WORD
from register.wagtail_admin.base.screens import address
from tests.factories import ClientFactory, OfficeFactory, ServiceFactory, StaffHearingFactory, staff
from tests.forms import form_of, open_form
from tests.integration.form_cases import ADDED_BY, SCREENS, adding, parent_of

pytestmark = pytest.mark.django_db
TODAY = today()
NOW = timezone.now()
SOON = f"{TODAY + timedelta(days=60):%-d.%-m.%Y}"


def order_fields():
    return {
        "service": ServiceFactory().pk,
        "office": OfficeFactory().pk,
        "manner": "remote",
        "planned_end": SOON,
    }


def heard():
    """Record that the staff were heard, without which no client is added; nothing is typed."""
    StaffHearingFactory()
    return {}


FILLED = {
    "ClientAdmin": lambda: {"name": "Aada Esimerkki", **order_fields()} | heard(),
    "ServiceOrderAdmin": order_fields,
    "NoteAdmin": lambda: {"text": "Puhuttiin.", "basis": "told_by_client"},
    "ServiceAdmin": lambda: {"name": "Uraohjaus", "price": "120,00"},
    "OfficeAdmin": lambda: {"name": "Vantaa"},
    "ProcessorAdmin": lambda: {
        "name": "Pitäjä Oy",
        "kind": "mail",
        "country": "FI",
        "hosting_country": "FI",
        "contract_signed_on": "1.2.2026",
    },
    "StaffMemberAdmin": lambda: {
        "username": "eero.uusi",
        "first_name": "Eero",
        "last_name": "Uusi",
        "email": "eero@example.org",
    },
    "StaffHearingAdmin": lambda: {"held_on": "1.2.2026"},
    "AssignmentAdmin": lambda: {
        "register_number": str(ClientFactory()),
        "counsellor": staff(Role.COUNSELLOR).staff_member.pk,
    },
    "StaffDocumentAdmin": lambda: {
        "kind": "instruction",
        "title": "Käsittelyn ohje",
        "text": "Näin toimitaan.",
    },
    "HoldAdmin": lambda: {
        "register_number": str(ClientFactory()),
        "ground": "legal_claims",
        "reason": "Vaatimus on vireillä.",
        "review_on": SOON,
    },
}


def test_every_form_that_adds_is_tried_here():
    assert set(FILLED) == set(ADDED_BY) == adding()


@pytest.fixture(params=FILLED)
def form(request):
    """A browser, a form that adds, the model, and what is typed into it."""
    name = request.param
    user, query = parent_of(name) if name in ("ServiceOrderAdmin", "NoteAdmin") else (None, "")
    browser = Browser()
    browser.force_login(user or staff(ADDED_BY[name]))
    typed, model = FILLED[name](), SCREENS[name].model
    return browser, open_form(browser, address(model, "create") + query), model, typed


def test_the_second_press_leads_to_the_row_of_the_first(form):
    browser, page, model, typed = form
    before = model.objects.count()
    first, second = (page.send(browser, **typed) for _ in range(2))
    assert first.status_code == 302, first.context["form"].errors
    assert second.status_code == 302
    assert first["Location"] == second["Location"]
    assert model.objects.count() == before + 1


def test_another_form_adds_another_row(form):
    browser, page, _model, _typed = form
    fresh = open_form(browser, page.address)
    assert page.data[WORD] != fresh.data[WORD]


def test_what_is_typed_into_a_saved_form_is_not_lost(form):
    browser, page, model, typed = form
    page.send(browser, **typed)
    count = model.objects.count()
    answer = page.send(browser, **typed, another="thought")
    assert answer.status_code == 200
    assert "tallennettiin jo" in answer.content.decode()
    again = form_of(answer)
    for name, text in typed.items():
        assert again.data[name] == [str(text)]
    assert again.data[WORD] != page.data[WORD]
    assert model.objects.count() == count
    shown = BeautifulSoup(answer.content, "html.parser").select_one(".register-complaints a.button")
    assert browser.get(shown["href"]).status_code == 200


def test_what_was_refused_can_be_saved(client):
    client.force_login(staff(Role.MAIN_USER))
    page = open_form(client, address(Office, "create"))
    assert page.send(client, name="").status_code == 200
    assert page.send(client, name="Vantaa").status_code == 302
    assert Office.objects.count() == 1


def test_anothers_word_means_nothing(client):
    page = None
    for name in ("Vantaa", "Espoo"):
        client.force_login(staff(Role.MAIN_USER))
        page = page or open_form(client, address(Office, "create"))
        assert page.send(client, name=name).status_code == 302
    assert Office.objects.count() == 2


def test_what_is_kept_says_nothing_of_what_was_typed(client):
    client.force_login(staff(Role.MAIN_USER))
    page = open_form(client, address(Office, "create"))
    page.send(client, name="Vantaa")
    kept = KeptResult.objects.get()
    assert kept.keys[0] == str(Office.objects.get().pk)
    told = str(vars(kept))
    assert "Vantaa" not in told
    assert page.data[WORD][0] not in told


def save(name="Uraohjaus", word="w", act=None):
    return saved_once.save_once(
        act or (lambda: Service.objects.create(name=name, price=1)),
        word=word,
        sent=name,
        account=1,
        now=NOW,
    )


def test_a_verb_that_refuses_leaves_nothing_behind():
    def refuse():
        raise ValidationError("no")

    with pytest.raises(ValidationError):
        save(act=refuse)
    assert not KeptResult.objects.exists()
    assert save().name == "Uraohjaus"
    with pytest.raises(SavedBefore) as before:
        save("Muu")
    assert (before.value.key, before.value.same) == (str(Service.objects.get().pk), False)


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_add_one_row():
    start = Barrier(2)

    def press(_number):
        try:
            start.wait(timeout=10)
            return str(save().pk)
        except SavedBefore as before:
            return before.key
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        keys = list(pool.map(press, range(2)))
    assert keys == [str(Service.objects.get().pk)] * 2
