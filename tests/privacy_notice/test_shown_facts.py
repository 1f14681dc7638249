"""In the editor a block of facts shows its rows of today, and where they are kept."""

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from privacy_notice.blocks import SectionBodyBlock
from privacy_notice.models import PrivacyNoticePage
from privacy_notice.shown_facts import FactsBlock, rows, shown
from register.models import Controller
from register.models.staff import Role
from tests.factories import staff

pytestmark = pytest.mark.usefixtures("site_content")
BLOCKS = {
    name: block
    for name, block in SectionBodyBlock().child_blocks.items()
    if isinstance(block, FactsBlock)
}


@pytest.mark.parametrize("name", BLOCKS)
def test_each_block_shows_its_rows_and_leads_to_where_they_are_kept(client, name):
    html = str(shown(BLOCKS[name]))
    assert str(rows(BLOCKS[name])) in html
    assert len(strip_tags(rows(BLOCKS[name])).split()) > 2
    assert "<slot" not in html
    address = html.partition('href="')[2].partition('"')[0]
    client.force_login(staff(Role.EDITOR))
    assert client.get(address).status_code == 200


def test_the_editor_gets_the_rows_of_today(client):
    notice = PrivacyNoticePage.objects.get()
    client.force_login(staff(Role.EDITOR))
    address = reverse("wagtailadmin_pages:edit", args=[notice.pk])
    assert "Kirsi Valto" in client.get(address).content.decode()
    Controller.objects.update(contact_name="Uusi Henkilö")
    assert "Uusi Henkil" in client.get(address).content.decode()
