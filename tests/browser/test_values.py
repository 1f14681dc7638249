"""Values go through a real browser's forms as they are: what it mends by itself is no change."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from playwright.sync_api import expect

from register.models import AccessLogEntry, Client, Note, ServiceOrder
from register.models.staff import Role
from register.reference.clock import today
from register.wagtail_admin.base.screens import address
from tests.factories import AssignmentFactory, NoteFactory, ServiceOrderFactory
from tests.factories.staff import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = today()


@pytest.fixture
def note():
    order = ServiceOrderFactory(
        client__name=" Matti  Meikäläinen",
        client__phone="+46701740621",
        client__home_municipality="588",
        price="1234.50",
        specification="\r\nrivi\nrivi ",
        starts_on=date(226, 2, 1),
        planned_end=TODAY + timedelta(days=30),
    )
    return NoteFactory(order=order, met_on=TODAY, text="\n\nalussa tyhjää\r\nja lopussa  ")


def log_in(page, note):
    user = note.author.user
    user.groups.add(Group.objects.get(name=Role.COUNSELLOR))
    AssignmentFactory(user=user, content_object=note.order.client)
    page.goto("/admin/login/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


def save(page):
    with page.expect_navigation():
        page.evaluate("document.querySelector('#w-editor-form button[type=submit]').click()")


def held():
    return [list(model.objects.values()) for model in (Client, ServiceOrder, Note)]


def test_what_a_real_browser_sends_back_unchanged_is_no_change(page, note):
    log_in(page, note)
    before = held()
    for row in (note.order.client, note.order, note):
        page.goto(address(row, "edit"))
        save(page)
        assert page.url.endswith(address(note.order.client, "inspect"))
    assert held() == before
    assert not AccessLogEntry.objects.filter(action="change").exists()


def test_a_day_is_typed_as_one_likes_or_chosen_and_nothing_is_put_in_its_place(any_page, note):
    page = any_page
    log_in(page, note)
    page.goto(address(note.order, "edit"))
    end = page.locator("[name=planned_end]")
    calendar = page.locator(".xdsoft_datetimepicker:visible")
    year = TODAY.year + 1
    for typed in (f"1. 2. {year}", "ei tiedossa", ""):
        end.click()
        calendar.wait_for()
        end.fill(typed)
        page.keyboard.press("Tab")
        page.locator("[name=price]").click()
        assert end.input_value() == typed
        expect(calendar).to_have_count(0)
    end.click()
    calendar.wait_for()
    day = calendar.locator("td[data-date='15']:not(.xdsoft_other_month)")
    month, chosen_year = (int(day.get_attribute(f"data-{part}")) for part in ("month", "year"))
    day.click()
    assert end.input_value() == f"15.{month + 1}.{chosen_year}"
    end.fill(f"1. 2. {year}")
    page.fill("[name=starts_on]", f"1.2.{TODAY.year % 100}")
    page.fill("[name=price]", "1 234,50 €")
    page.keyboard.press("Escape")
    save(page)
    order = ServiceOrder.objects.get()
    assert (order.planned_end, order.starts_on) == (date(year, 2, 1), date(TODAY.year, 2, 1))
    assert str(order.price) == "1234.50"


def test_no_calendar_stays_over_a_form_that_is_tabbed_through(page, note):
    log_in(page, note)
    page.goto(address(note.order, "edit"))
    page.focus("[name=starts_on]")
    page.locator(".xdsoft_datetimepicker:visible").wait_for()
    for _ in range(8):
        page.keyboard.press("Tab")
    page.wait_for_timeout(500)  # a calendar comes 100 ms after its field is entered
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)


def test_too_much_is_told_and_kept_whole(page, note):
    log_in(page, note)
    page.goto(address(note, "edit"))
    long = "pitkä teksti " * 1700
    page.fill("[name=text]", long)
    save(page)
    assert page.locator("[name=text]").input_value() == long
    told = page.locator("#w-editor-form .error-message").inner_text()
    assert "20" in told
    assert "22" in told


def test_an_identity_code_goes_and_the_rest_stays(page, note):
    log_in(page, note)
    page.goto(address(note, "edit"))
    page.fill("[name=text]", "Tavattiin. Hetu 131052-308T, soitto perjantaina.")
    save(page)
    kept = "Tavattiin. Hetu [henkilötunnus poistettu], soitto perjantaina."
    assert page.locator("[name=text]").input_value() == kept
    assert "131052" not in page.content()
    save(page)
    assert Note.objects.get().text == kept
