"""The screens of approval, versions, withdrawal and putting back in a real browser (C01)."""

import pytest
from django.urls import reverse

from futuuri_site.content import pages
from privacy_notice.approval import views
from privacy_notice.models import PrivacyNoticePage
from register.models.staff import Role
from tests.browser.test_promises import enter, violations
from tests.factories import staff
from tests.notices import publish_notice
from tests.privacy_notice.approval.acting import submitted

pytestmark = pytest.mark.django_db(transaction=True)
LONG = "Tietosuojaseloste: yksityisasiakaspalveluiden asiakasrekisterin tietojenkäsittely"


@pytest.fixture
def screens(live_server):
    """A draft that waits, beside two versions, and the addresses of all that is about them."""
    pages.create(languages=["fi"])
    page = PrivacyNoticePage.objects.get()
    publish_notice(page, title=LONG)
    submitted(title=f"{LONG} ja oikeudet")
    names = [(views.APPROVAL,), (views.VERSIONS,), (views.PUT_BACK,), (views.WITHDRAW, 1)]
    return [reverse(name, args=[page.pk, *rest]) for name, *rest in names]


def test_axe_finds_nothing_and_nothing_is_cut(new_page, screens):
    contact = staff(Role.DATA_PROTECTION)
    for width in (390, 1440):
        page = new_page(width, bypass_csp=True)
        enter(page, contact)
        for path in screens:
            assert page.goto(path).status == 200
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            for part in (".w-breadcrumbs", "main .button"):
                for each in page.locator(part).all():
                    cut = each.evaluate("each => each.scrollWidth - each.clientWidth")
                    assert cut <= 1, (path, width, part)
