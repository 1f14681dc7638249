"""What was published stays as it was, whatever becomes of facts, settings and inventory (C01)."""

import pytest
from wagtail.models import Revision

from privacy_notice import facts
from privacy_notice.models import NoticeVersion, PrivacyNoticePage, PublishedContact
from privacy_notice.versions.freezing import freeze
from register.models import Controller

pytestmark = pytest.mark.usefixtures("site_content")


@pytest.fixture
def page():
    return PrivacyNoticePage.objects.get()


def publish(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return NoticeVersion.objects.current(page)


def change_controller(**changes):
    Controller.objects.update(**changes)


def test_a_publication_is_a_version_with_its_facts(page):
    version = NoticeVersion.objects.get()
    assert (version.number, version.language) == (1, "fi")
    assert version.text["title"] == page.title
    assert version.told()["controller"]["business_id"] == "1937104-7"
    assert "010 420 4140" in version.shown()


def test_a_publication_that_changes_nothing_is_none(page):
    publish(page)
    assert NoticeVersion.objects.count() == 1


def test_settings_and_inventory_change_nothing_that_is_published(page, client, monkeypatch):
    before = client.get(page.url).content
    change_controller(name="Toinen Oy", street_address="Muu katu 1", contact_name="Muu")
    monkeypatch.setattr(facts, "retention", lambda: {"rows": [], "backup_days": 999})
    assert client.get(page.url).content == before
    version = publish(page)
    assert version.number == 2
    after = client.get(page.url).content.decode()
    assert "Toinen Oy" in after
    assert "999" in after


def test_a_changed_draft_is_not_published(page, client):
    before = client.get(page.url).content
    page.title = "Luonnos"
    page.save_revision()
    assert client.get(page.url).content == before


def test_a_former_contact_person_is_in_no_version(page):
    name = Controller.objects.get().contact_name
    first = NoticeVersion.objects.get()
    assert name in first.shown()
    change_controller(contact_name="Uusi Henkilö", contact_email="uusi@example.org")
    second = publish(page)
    first.refresh_from_db()
    assert "Uusi Henkilö" in second.shown()
    assert name not in first.shown()
    assert "entinen yhteyshenkilö" in first.shown()
    assert [each.contact_name for each in PublishedContact.objects.all()] == ["Uusi Henkilö"]


def test_the_first_comparison_is_honest(page):
    """The parts of the first text have ids, so that an edit elsewhere changes none of them."""
    first = NoticeVersion.objects.get().text["sections"]
    second = publish(page, title="Toinen otsikko").text["sections"]
    assert first == second
    assert (
        first
        == Revision.objects.for_instance(page)
        .earliest("created_at")
        .as_object()
        .sections.get_prep_value()
    )


def test_versions_are_numbered_one_after_the_other(page):
    for title in ("Toinen", "Kolmas"):
        publish(page, title=title)
    assert [each.number for each in NoticeVersion.objects.of(page)] == [3, 2, 1]


def test_the_version_is_of_the_page_as_it_is_in_the_database(page):
    page.title = "Vain muistissa"
    assert freeze(page).text["title"] != page.title
