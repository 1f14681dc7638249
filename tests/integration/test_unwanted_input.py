"""Input that belongs elsewhere, tried in every field of every form: refused in words, and kept.

What each rule says of a value is tested beside it, and of every model's fields in `test_typed`.
"""

from datetime import date

import pytest
from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.test import Client as Browser
from django.urls import reverse
from wagtail.models import Page

from home.models import FeedbackField, FeedbackPage, HomePage
from privacy_notice.models import PrivacyNoticePage
from register.domain import feedback
from register.domain.clients import records
from register.domain.orders import catalogue, notes, orders
from register.domain.retention import holds
from register.domain.staff import accounts
from register.models import AccessLogEntry, Controller, Feedback, Office, RegisterLogEntry
from register.models.retention import HoldGround
from register.models.staff import Role
from register.reference.clock import today
from register.wagtail_admin.base.inputs import DayInput
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.words import given_back
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    NoteFactory,
    ServiceFactory,
    ServiceOrderFactory,
    StaffMemberFactory,
    staff,
)
from tests.forms import form_of, open_form
from tests.integration.form_cases import (
    ADDED_BY,
    ROWS,
    SCREENS,
    adding,
    changing,
    opened,
    parent_of,
    typed_texts,
)

pytestmark = pytest.mark.django_db
CODE = "131052-308T"
REMOVED = "[henkilötunnus poistettu]"
ROW = "Matti Meikäläinen\t0401234567\tmatti@example.org\tVantaa"
LONG = "ö" * 21_000


@pytest.fixture(params=[f"{name} adds" for name in ADDED_BY] + [f"{name} edits" for name in ROWS])
def form(request):
    """A browser at a form, and its address."""
    name, verb = request.param.split()
    if verb == "edits":
        return opened(name, ROWS[name].make())
    user, query = parent_of(name) if name in ("ServiceOrderAdmin", "NoteAdmin") else (None, "")
    browser = Browser()
    browser.force_login(user or staff(ADDED_BY[name]))
    return browser, address(SCREENS[name].model, "create") + query


def test_every_form_is_tried_here():
    assert set(ADDED_BY) == adding()
    assert set(ROWS) == changing()


def refused(form, name, text):
    """Send the form with the text in one field, and return the answer, which says what is wrong."""
    browser, url = form
    entries = RegisterLogEntry.objects.count()
    answer = open_form(browser, url).send(browser, **{name: text})
    assert answer.status_code == 200
    assert name in answer.context["form"].errors
    assert RegisterLogEntry.objects.count() == entries
    return answer


def fields(form):
    browser, url = form
    page = browser.get(url)
    return page.context["form"].fields, typed_texts(page)


def test_an_identity_code_is_removed_and_the_rest_is_kept(form):
    for name in fields(form)[1]:
        answer = refused(form, name, f"Matti {CODE} soittaa")
        assert CODE not in answer.content.decode()
        assert form_of(answer).data[name] == [f"Matti {REMOVED} soittaa"]
    assert not [entry for entry in AccessLogEntry.objects.all() if CODE in str(vars(entry))]


def test_a_row_of_a_table_is_refused_in_one_line(form):
    described, names = fields(form)
    for name in names:
        if described[name].widget.__class__.__name__ != "Textarea":
            assert form_of(refused(form, name, ROW)).data[name] == [ROW]


@pytest.mark.parametrize("nothing", ["-", "   ", "…"])
def test_a_sign_is_no_answer_where_one_is_needed(form, nothing):
    described, names = fields(form)
    for name in names:
        if described[name].required:
            refused(form, name, nothing)


def test_a_year_that_cannot_be_meant_is_told(form):
    described, names = fields(form)
    for name in names:
        if isinstance(described[name].widget, DayInput):
            told = str(refused(form, name, "1.2.0226").context["form"].errors[name])
            assert "226" in told


def test_too_long_is_told_and_nothing_is_cut(form):
    browser, url = form
    described, names = fields(form)
    assert "maxlength" not in str(browser.get(url).context["form"])
    for name in names:
        answer = refused(form, name, LONG)
        assert form_of(answer).data[name] == [LONG]
        longest = getattr(described[name], "max_length", None)
        if longest:
            told = str(answer.context["form"].errors[name]).replace("\xa0", "")
            assert str(longest) in told
            assert str(len(LONG)) in told


def test_the_controllers_facts_take_none_of_it(site_content):
    browser = Browser()
    browser.force_login(staff(Role.EDITOR))
    controller = Controller.objects.get()
    url = reverse("wagtailsettings:edit", args=["register", "controller", controller.site_id])
    page = browser.get(url)
    assert "maxlength" not in page.content.decode().split("w-editor-form")[1]
    for name in typed_texts(page):
        for text in (f"Matti {CODE}", ROW, LONG):
            answer = open_form(browser, url).send(browser, **{name: text})
            assert name in answer.context["form"].errors, (name, text[:20])
            assert CODE not in answer.content.decode()
    assert Controller.objects.values().get() == Controller.objects.filter(
        version=controller.version
    ).values().get(pk=controller.pk)


def test_the_public_form_takes_none_of_it(site_content):
    page, browser = FeedbackPage.objects.get(), Browser()
    shown = browser.get(page.url)
    for name in typed_texts(shown):
        answer = open_form(browser, page.url, "form.form").send(
            browser, **{name: f"Olen Matti,\r\nhetu {CODE}. Kiitos!"}
        )
        text = answer.content.decode()
        assert CODE not in text
        assert REMOVED in text
        assert "Kiitos!" in text
        for nothing in ("-", "   "):
            open_form(browser, page.url, "form.form").send(browser, **{name: nothing})
    assert not Feedback.objects.exists()


def counsellor_of(order):
    """The order's counsellor, responsible for its client."""
    user = order.counsellor.user
    user.groups.add(Group.objects.get(name=Role.COUNSELLOR))
    AssignmentFactory(user=user, content_object=order.client)
    return {"by": user, "today": today()}


def as_role(role):
    return {"by": staff(role), "today": today()}


ACCOUNT = {"first_name": "Aino", "last_name": "Ohjaaja", "email": "aino@example.org"}
PLACED = {"ground": HoldGround.LEGAL_CLAIMS, "review_on": today()}
UNSEEN = {"seen": None}


def change_client(text):
    order = ServiceOrderFactory()
    changes = {"name": text}
    records.change(client=order.client, changes=changes, **UNSEEN, **counsellor_of(order))


def order_service(text):
    order = ServiceOrderFactory()
    names = ("service", "office", "manner", "starts_on", "planned_end", "price")
    values = {name: getattr(order, name) for name in names} | {"specification": text}
    orders.order_service(client=order.client, values=values, **counsellor_of(order))


def change_order(text):
    order = ServiceOrderFactory()
    changes = {"specification": text}
    orders.change_order(order=order, changes=changes, **UNSEEN, **counsellor_of(order))


def write_note(text):
    order = ServiceOrderFactory()
    values = {"met_on": today(), "basis": "told_by_client", "text": text}
    notes.write_note(order=order, values=values, **counsellor_of(order))


def change_note(text):
    note = NoteFactory()
    notes.change_note(note=note, changes={"text": text}, **UNSEEN, **counsellor_of(note.order))


def place_hold(text):
    asked = as_role(Role.DATA_PROTECTION)
    holds.place(client=ClientFactory(), reason=text, **PLACED, **asked)


def add_account(text):
    named = ACCOUNT | {"first_name": text}
    accounts.add_staff_member(username="aino", roles=[], **named, **as_role(Role.MAIN_USER))


def rename(text):
    member = StaffMemberFactory()
    named = ACCOUNT | {"last_name": text}
    accounts.rename(member=member, **named, **UNSEEN, **as_role(Role.MAIN_USER))


VERBS = (
    change_client,
    order_service,
    change_order,
    write_note,
    change_note,
    place_hold,
    add_account,
    rename,
    lambda text: catalogue.add(Office(name=text), **as_role(Role.MAIN_USER)),
    lambda text: catalogue.change(
        ServiceFactory(), changes={"name": text}, **UNSEEN, **as_role(Role.MAIN_USER)
    ),
    lambda text: feedback.receive(answers=[["Mitä?", text]], today=today()),
)


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_takes_it_either(verb):
    """Whoever calls it: the rules do not hang on a form."""
    for text in (f"Matti {CODE}", LONG):
        with pytest.raises(ValidationError) as refusal:
            verb(text)
        assert CODE not in str(refusal.value)


def test_a_verb_takes_no_year_that_cannot_be_meant():
    order = ServiceOrderFactory()
    early = {"starts_on": date(226, 2, 1)}
    with pytest.raises(ValidationError, match="226"):
        orders.change_order(order=order, changes=early, **UNSEEN, **counsellor_of(order))


def test_what_is_given_back_of_an_erased_row_holds_no_code():
    data = QueryDict(mutable=True)
    data["name"] = f"Matti {CODE}"
    [(_label, text)] = given_back({"name": forms.CharField(label="Nimi")}, data)
    assert text == f"Matti {REMOVED}"


@pytest.mark.parametrize("model", [HomePage, FeedbackPage, PrivacyNoticePage, FeedbackField])
def test_no_page_takes_an_identity_code(model):
    own = [field for field in model._meta.local_concrete_fields if field.editable]
    tried = 0
    for field in own:
        if field.get_internal_type() in ("CharField", "TextField") and not field.choices:
            tried += 1
            page = model(**{field.name: f"Matti {CODE}"})
            with pytest.raises(ValidationError) as refusal:
                page.clean()
            assert field.name in refusal.value.error_dict
            assert CODE not in str(refusal.value)
    assert tried


def test_nor_does_its_title():
    assert issubclass(HomePage, Page)
    with pytest.raises(ValidationError):
        HomePage(title=f"Matti {CODE}").clean()
