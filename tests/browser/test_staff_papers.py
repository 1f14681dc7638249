"""Documents, trainings, hearing and own record in a real browser: accessible, nothing too wide."""

import pytest
from django.urls import reverse

from register.domain.staff import privacy_notice
from register.models import StaffDocument, StaffHearing, StaffMember
from register.models.staff import DocumentKind, Role
from register.reference.clock import today
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.staff.own_record import NAME
from tests.browser.test_promises import enter, violations
from tests.factories import (
    AcknowledgementFactory,
    DocumentVersionFactory,
    StaffHearingFactory,
    StaffMemberFactory,
    UserFactory,
    staff,
)
from tests.factors import with_app

pytestmark = pytest.mark.django_db(transaction=True)


def screens(main_user):
    """The address of each screen, once there is something on it."""
    title, text = privacy_notice.draft(today=today())
    version = DocumentVersionFactory(
        document__kind=DocumentKind.PRIVACY_NOTICE, title=title, text=text
    )
    draft = DocumentVersionFactory(published_on=None).document
    AcknowledgementFactory(document_version=version, member=main_user.staff_member)
    colleague = staff(Role.COUNSELLOR)
    with_app(colleague)
    on_paper = StaffMemberFactory(user=UserFactory(is_active=False))
    StaffHearingFactory()
    return [
        "/admin/",
        address(StaffDocument, "index"),
        address(StaffDocument, "create"),
        address(draft, "inspect"),
        address(draft, "edit"),
        *(address(version.document, name) for name in ("read", "versions", "acknowledged")),
        address(StaffMember, "index"),
        address(StaffMember, "create"),
        *(address(main_user.staff_member, name) for name in ("inspect", "edit", "history")),
        address(on_paper, "edit"),
        *(address(on_paper, name) for name in ("login", "ended")),
        address(colleague.staff_member, "reset-factor"),
        address(StaffHearing, "index"),
        address(StaffHearing, "create"),
        reverse(NAME),
    ]


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_and_nothing_is_too_wide(new_page, live_server, width):
    main_user = staff(Role.MAIN_USER)
    addresses = screens(main_user)
    page = new_page(width, bypass_csp=True)
    enter(page, main_user)
    found = {}
    for each in addresses:
        response = page.goto(each)
        wide = page.evaluate("document.documentElement.scrollWidth") - width
        wrong = [response.status] if response.status != 200 else []
        wrong += violations(page)
        if wrong or wide > 0:
            found[each] = (wrong, wide)
    assert found == {}


def test_a_person_reads_and_says_so(new_page, live_server):
    version = DocumentVersionFactory()
    page = new_page(390)
    enter(page, staff(Role.COUNSELLOR))
    page.goto(address(StaffDocument, "index"))
    page.click(f"text={version.title}")
    page.click("a.button:has-text('Lue')")
    page.click("button:has-text('Olen lukenut')")
    page.wait_for_selector("text=Kuittasit tämän version")
