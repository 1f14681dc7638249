"""A row saved unchanged stays unchanged, and what is refused comes back as it was typed.

Every form of the project is tried: one that no case visits fails.
"""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from wagtail.users.models import UserProfile

from home.models import FeedbackPage
from register import models
from register.models import AccessLogEntry, Controller, RegisterLogEntry
from register.models.retention import ListKind
from register.models.staff import Role
from register.reference.clock import today
from register.wagtail_admin.base.screens import address
from tests.factories import (
    AccessChangeFactory,
    AssignmentFactory,
    ClientFactory,
    ErasureListFactory,
    HoldFactory,
    RoleRequestFactory,
    ServiceOrderFactory,
    StaffMemberFactory,
    staff,
)
from tests.forms import form_of, open_form
from tests.integration import values
from tests.integration.form_cases import (
    ADDED_BY,
    ROWS,
    SCREENS,
    adding,
    an_instruction,
    changing,
    opened,
    parent_of,
    typed_texts,
)
from tests.register.wagtail_admin.base.buttons import ACTIONS

pytestmark = pytest.mark.django_db
TODAY = today()
EXAMPLES = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Of the rows that a person fills in without a ModelAdmin.
OTHER_FORMS = {"feedback page", "controller", "account"}


# What a button's own page asks anew.
NEXT_REVIEW = {"review": {"review_on"}, "login": {"username", "email"}}
ACTING = {
    "AssignmentAdmin": (AssignmentFactory, Role.MAIN_USER),
    "HoldAdmin": (HoldFactory, Role.DATA_PROTECTION),
    "ErasureListAdmin": (
        lambda: ErasureListFactory(kind=ListKind.BEYOND, frozen_at=timezone.now()),
        Role.MAIN_USER,
    ),
    "StaffDocumentAdmin": (an_instruction, Role.MAIN_USER),
    "StaffMemberAdmin": (StaffMemberFactory, Role.MAIN_USER),
    "AccessChangeAdmin": (AccessChangeFactory, Role.DATA_PROTECTION),
    "RoleRequestAdmin": (RoleRequestFactory, Role.DATA_PROTECTION),
    "ExportBatchAdmin": None,  # shown below by its buttons alone, as all of these are
}


def test_every_form_is_tried_here():
    assert set(ROWS) == changing()
    assert set(ADDED_BY) == adding()
    assert set(ACTING) == {name for name, screen in SCREENS.items() if screen.actions}
    for name, case in ROWS.items():
        screen, row = SCREENS[name], case.make()
        form = screen.get_form_class(row)
        own = {field.name for field in screen.model._meta.fields} & set(form._meta.fields or ())
        sealed = {text.name for text in values.free_texts(screen.model)} & set(form.base_fields)
        assert set(case.fields) == own | sealed, name


def stored(row):
    """Everything that the database holds of the row, as it holds it."""
    model: type[Model] = type(row)
    found = model._base_manager.filter(pk=row.pk).values().get()
    if isinstance(row, models.StaffMember):
        user = get_user_model().objects.filter(pk=row.user_id)
        found |= user.values("first_name", "last_name", "email", "username", "password").get()
        found["groups"] = sorted(user.values_list("groups", flat=True))
    return found


def changes():
    return (
        AccessLogEntry.objects.exclude(action__in=["list", "view", "history", "search"]).count(),
        RegisterLogEntry.objects.count(),
    )


def hold_values(row, drawn):
    """Give the row these values, past all verbs; only what the model itself refuses is left out."""
    for attribute, value in drawn.items():
        key = attribute in ("service", "office")
        setattr(row, f"{attribute}_id" if key else attribute, value)
    try:
        row.clean()
        row.validate_constraints()
    except ValidationError:
        assume(False)
    row.save()


@pytest.mark.parametrize("name", ROWS)
def test_a_row_saved_unchanged_stays_unchanged(name):
    row = ROWS[name].make()
    browser, url = opened(name, row)
    groups = list(Group.objects.filter(name__in=set(Role) - {Role.MAIN_USER}))

    @EXAMPLES
    @given(st.data())
    def unchanged(data):
        fresh = type(row)._base_manager.get(pk=row.pk)
        hold_values(fresh, data.draw(values.of_row(type(row), ROWS[name].fields)))
        if name == "StaffMemberAdmin":
            get_user_model().objects.filter(pk=row.user_id).update(**data.draw(values.of_account()))
            row.user.groups.set(data.draw(st.lists(st.sampled_from(groups), unique=True)))
        before, entries = stored(row), changes()

        answer = open_form(browser, url).send(browser)

        assert answer.status_code == 302, answer.context["form"].errors
        assert stored(row) == before
        assert changes() == entries

    unchanged()


def test_the_controllers_facts_saved_unchanged_stay_unchanged(site_content):
    browser = Browser()
    browser.force_login(staff(Role.EDITOR))
    controller = Controller.objects.get()
    url = reverse("wagtailsettings:edit", args=["register", "controller", controller.site_id])
    names = [text.name for text in values.free_texts(Controller)]

    @EXAMPLES
    @given(values.of_row(Controller, names))
    def unchanged(drawn):
        Controller.objects.filter(pk=controller.pk).update(**drawn)
        before, entries = stored(controller), changes()
        assert open_form(browser, url).send(browser).status_code == 302
        assert stored(controller) == before
        assert changes() == entries

    unchanged()


def test_an_account_page_sent_unchanged_changes_nothing():
    user = staff(Role.COUNSELLOR)
    browser = Browser()
    browser.force_login(user)
    UserProfile.get_for_user(user)
    UserProfile.objects.update(preferred_language="sv", theme="dark", density="snug")
    url = reverse("wagtailadmin_account")

    def held():
        return (
            UserProfile.objects.values().get(user=user),
            get_user_model().objects.values("username", "first_name", "password").get(pk=user.pk),
        )

    before = held()
    assert open_form(browser, url, "form[action]").send(browser).status_code in (200, 302)
    assert held() == before


AS_TYPED = st.text(values.SIGNS, min_size=1, max_size=40) | st.sampled_from(
    ["0401234567 iltaisin", "0x10", "+46701740621", "1.2.", "120,00 €", " 12 ", "31.2.2027", "-"]
)


@pytest.mark.parametrize("name", ADDED_BY)
def test_what_is_refused_comes_back_as_it_was_typed(name):
    user, query = parent_of(name) if name in ("ServiceOrderAdmin", "NoteAdmin") else (None, "")
    browser = Browser()
    browser.force_login(user or staff(ADDED_BY[name]))
    url = address(SCREENS[name].model, "create") + query
    names = typed_texts(browser.get(url))
    assert names

    @EXAMPLES
    @given(st.data())
    def verbatim(data):
        typed = {each: data.draw(AS_TYPED) for each in names}
        typed[data.draw(st.sampled_from(names))] = "x" * 21_000
        answer = open_form(browser, url).send(browser, **typed)
        assert answer.status_code == 200
        shown = form_of(answer).data
        for each, text in typed.items():
            expected = text.strip(" \t\f") if each == "email" else text
            assert shown[each] == [expected]

    verbatim()


def test_a_feedback_that_is_refused_comes_back_as_it_was_typed(site_content):
    page, browser = FeedbackPage.objects.get(), Browser()
    names = typed_texts(browser.get(page.url))

    @EXAMPLES
    @given(st.data())
    def verbatim(data):
        typed = {each: data.draw(AS_TYPED | st.sampled_from(values.LINES)) for each in names}
        typed[names[-1]] = "x" * 5001
        answer = open_form(browser, page.url, "form.form").send(browser, **typed)
        assert answer.status_code == 200
        shown = form_of(answer, "form.form").data
        for each, text in typed.items():
            lines = text.replace("\r\n", "\n").replace("\r", "\n")
            assert shown[each] == [lines.replace("\n", "\r\n")]

    verbatim()


@pytest.mark.parametrize("name", [name for name, case in ACTING.items() if case])
def test_a_button_sends_nothing_that_a_person_typed_before(name):
    browser = Browser()
    for action in SCREENS[name].actions:
        make, role, *_rest = ACTIONS[type(SCREENS[name]), action.name]
        browser.force_login(staff(role))
        row = make()
        page = browser.get(address(row, "inspect" if action.harmless else action.name))
        own = "form.register-action" if action.harmless else ".register-confirm form"
        sent = set(form_of(page, own).data) - {"csrfmiddlewaretoken", "seen", "confirmed"}
        assert sent == NEXT_REVIEW.get(action.name, set())


def test_a_foreign_number_stays_foreign():
    client = ClientFactory(phone="+46701740621")
    browser, url = opened("ClientAdmin", client)
    form = open_form(browser, url)
    assert form.data["phone"] == ["+46 70 174 06 21"]
    assert form.send(browser, name="Uusi Nimi").status_code == 302
    client.refresh_from_db()
    assert (client.phone.as_e164, client.name) == ("+46701740621", "Uusi Nimi")


@pytest.mark.parametrize("typed", ["0401234567 iltaisin", "0x10", "040 CALL NOW", "0401234567 x5"])
def test_a_number_with_words_is_refused_and_comes_back_as_it_was_typed(typed):
    browser, url = opened("ClientAdmin", ClientFactory())
    answer = open_form(browser, url).send(browser, phone=typed)
    assert "phone" in answer.context["form"].errors
    assert form_of(answer).data["phone"] == [typed]


def test_a_merged_municipality_is_shown_by_name_and_kept():
    client = ClientFactory(home_municipality="588")
    browser, url = opened("ClientAdmin", client)
    assert open_form(browser, url).send(browser, name="Uusi Nimi").status_code == 302
    client.refresh_from_db()
    assert (client.home_municipality, client.name) == ("588", "Uusi Nimi")
    card = browser.get(address(client, "inspect")).content.decode()
    assert "Pertunmaa (liittyi Mäntyharjuun 1.1.2025)" in card


def test_nothing_to_pay_is_shown_as_an_amount():
    row = ServiceOrderFactory(
        price=0, starts_on=date(2026, 1, 2), planned_end=TODAY + timedelta(days=9)
    )
    browser, url = opened("ServiceOrderAdmin", row)
    for page in (address(row, "inspect"), address(row.client, "inspect")):
        assert "0,00\xa0€" in browser.get(page).content.decode()
    assert open_form(browser, url).data["price"] == ["0,00"]
