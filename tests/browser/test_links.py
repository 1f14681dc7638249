"""C33–C35: a link for a password, other roles and what they change, walked in a browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from register.models import AccessChange, RoleRequest, StaffMember
from register.models.staff import Role
from tests.browser.conftest import SIZES
from tests.factories import (
    AccessChangeFactory,
    AssignmentFactory,
    RoleRequestFactory,
    ServiceOrderFactory,
    staff,
)

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "neljä satunnaista sanaa"
PAGE = "/admin/salasana/"
WIDTHS = (390, 1440)


@pytest.fixture
def enter(new_page):
    """Open a page in the session of a person."""

    def open_as(user):
        visitor = Browser()
        visitor.force_login(user)
        page = new_page()
        cookie = visitor.cookies[django_settings.SESSION_COOKIE_NAME].value
        page.goto("/robots.txt")
        page.context.add_cookies(
            [{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": page.url}]
        )
        return page

    return open_as


def check(page, name):
    """Look at each width whether nothing is too wide, and ask axe."""
    for width in WIDTHS:
        page.wait_for_load_state()
        page.set_viewport_size({"width": width, "height": SIZES[width]})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
        found = Axe().run(page, context="main").response["violations"]
        assert not [each["id"] for each in found], (name, width, found)


@pytest.fixture
def shown(settings, live_server):
    settings.REGISTER = {**settings.REGISTER, "LINKS_BY_MAIL": False}
    settings.WAGTAILADMIN_BASE_URL = live_server.url


def test_the_owner_sets_the_password_and_the_address_keeps_nothing(enter, new_page, shown):
    member = staff(Role.COUNSELLOR).staff_member
    page = enter(staff(Role.MAIN_USER))
    page.goto(reverse("henkilosto_modeladmin_inspect", args=[member.pk]))
    page.click(
        f"a[href='{reverse('henkilosto_modeladmin_link', args=[member.pk])}'] >> visible=true"
    )
    check(page, "giving")
    page.click(".register-confirm [type=submit]")
    link = page.input_value("#register-link")
    check(page, "given")

    asked = []
    owner = new_page(390)
    owner.on("request", lambda request: asked.append(request.url + str(request.headers)))
    owner.goto(link)
    owner.wait_for_selector("[name=password]")
    secret = link.partition("#")[2]
    assert owner.url.endswith(PAGE)
    assert not [each for each in asked if secret in each]
    check(owner, "password")
    owner.fill("[name=password]", "lyhyt")
    owner.fill("[name=again]", "lyhyt")
    owner.click("[type=submit]")
    owner.wait_for_selector(".error-message")
    check(owner, "refused")
    owner.fill("[name=password]", NEW)
    owner.fill("[name=again]", NEW)
    owner.click("[type=submit]")
    owner.wait_for_url("**/login/**")
    assert StaffMember.objects.get(pk=member.pk).user.check_password(NEW)

    owner.goto(link)
    owner.wait_for_selector("[role=alert]")
    assert "käytetty" in owner.inner_text("main")
    check(owner, "used")


def test_without_a_script_the_link_is_pasted(new_page):
    page = new_page(390, java_script_enabled=False)
    page.goto(PAGE + "#jotain")
    page.fill("[name=link]", "https://example.org/admin/salasana/#jotain")
    page.click("[type=submit]")
    assert "ei ole meidän" in page.inner_text("main")


def test_the_contact_decides_about_roles_and_marks_changes(enter):
    request = RoleRequestFactory()
    AccessChangeFactory(actor=request.member)
    page = enter(staff(Role.DATA_PROTECTION))
    page.goto("/admin/")
    page.click(f"main a[href='{reverse('roolipyynnot_modeladmin_index')}']")
    check(page, "requests")
    page.goto(reverse("roolipyynnot_modeladmin_confirm", args=[request.pk]))
    check(page, "confirm")
    page.click(".register-confirm [type=submit]")
    assert RoleRequest.objects.get().decision == "confirmed"

    page.goto(reverse("muutokset_modeladmin_index"))
    check(page, "changes")
    change = AccessChange.objects.exclude(actor=None).earliest("pk")
    page.goto(reverse("muutokset_modeladmin_inspect", args=[change.pk]))
    check(page, "change")
    page.click(".register-action [type=submit]")
    assert AccessChange.objects.unseen().count() == 1


def test_the_main_user_gives_the_clients_of_one_who_is_away_to_a_colleague(enter):
    today = timezone.localdate()
    absent = staff(Role.COUNSELLOR, suspended_from=today)
    order = ServiceOrderFactory(planned_end=today, counsellor=absent.staff_member)
    AssignmentFactory(user=absent, content_object=order.client)
    colleague = staff(Role.COUNSELLOR)
    page = enter(staff(Role.MAIN_USER))
    page.goto("/admin/")
    page.click(f"main a[href='{reverse('register_without_counsellor')}']")
    check(page, "without")
    assert order.client.name not in page.inner_text("main")
    page.click(f"main a[href$='?from={absent.staff_member.pk}']")
    assert order.client.name in page.inner_text("main")
    page.fill("[name=valid_from]", f"{today.day}.{today.month}.{today.year}")
    page.select_option("[name=to]", str(colleague.staff_member.pk))
    page.click("[data-register-all]")
    page.click("[data-register-given] [type=submit]")
    page.click(".register-hand-over .button:not(.button-secondary)")
    page.wait_for_url("**/henkilosto/inspect/**")
    page.goto(reverse("register_without_counsellor"))
    assert "Heitä ei ole" in page.inner_text("main")
