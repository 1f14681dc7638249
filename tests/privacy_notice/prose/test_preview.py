"""The preview has Wagtail's checks and ours; the public page has neither script nor mark."""

import pytest
from wagtail.admin.userbar import AdminItem, ContentCheckerItem

from privacy_notice.models import PrivacyNoticePage
from privacy_notice.prose.preview import OURS, Checks, replace_checks
from register.models.staff import Role
from tests.factories import staff
from tests.notices import publish_notice


def test_wagtails_checks_are_replaced_by_ours_and_nothing_else_is():
    items = [AdminItem(), ContentCheckerItem(in_editor=True)]
    replace_checks(items)
    assert type(items[0]) is AdminItem
    assert type(items[1]) is Checks
    assert items[1].in_editor


def test_ours_are_added_to_those_of_wagtail():
    assert {*ContentCheckerItem.axe_run_only, *OURS} == set(Checks.axe_run_only)
    assert OURS.keys() < Checks.axe_messages.keys()


@pytest.mark.usefixtures("site_content")
def test_only_the_preview_has_them(client):
    notice = PrivacyNoticePage.objects.get()
    notice.intro = f'<p>{"sana " * 30}</p><p><a href="https://tietosuoja.fi/">tästä</a></p>'
    publish_notice(notice)
    public = client.get("/tietosuojaseloste/").content.decode()
    client.force_login(staff(Role.EDITOR))
    request = client.get("/admin/").wsgi_request
    preview = notice.make_preview_request(request).content.decode()
    for mark in ("<wagtail-userbar>", *OURS.values()):
        assert mark in preview.replace('=""', ""), mark
        assert mark not in public, mark
    assert "<script" not in public
