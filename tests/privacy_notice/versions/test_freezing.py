"""What was published stays as it was, whatever becomes of facts, settings and inventory (C01)."""

from datetime import date

import pytest
from wagtail.models import Revision

from privacy_notice import facts
from privacy_notice.models import NoticeVersion, PrivacyNoticePage, PublishedContact
from privacy_notice.versions.freezing import freeze
from register.models import Controller
from register.reference import clock
from tests.notices import publish_notice

pytestmark = pytest.mark.usefixtures("site_content")


@pytest.fixture
def page():
    return PrivacyNoticePage.objects.get()


def publish(page, **changes):
    publish_notice(page, **changes)
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


def test_the_version_in_force_speaks_of_this_year_and_an_earlier_one_of_its_own(
    page, client, monkeypatch
):
    """C44: a new year changes the example, and nothing that was stored."""
    first = NoticeVersion.objects.get()
    stored, year = first.content, clock.local(first.published_at).year
    monkeypatch.setattr(clock, "today", lambda: date(year + 4, 5, 1))
    assert f'huhtikuussa <span data-fact="this_year">{year + 4}</span>' in first.shown()
    assert str(year + 4) in client.get(page.url).content.decode()
    second = publish(page, title="Toinen")
    assert f">{year + 4}<" in second.shown()
    assert f">{year}<" in first.shown()
    assert f">{year + 4}<" not in first.shown()
    first.refresh_from_db()
    assert first.content == stored


def test_what_was_stored_in_the_old_year_is_not_sent_in_the_new(page, client, monkeypatch):
    year = clock.today().year
    assert f">{year + 1}</span>" in client.get(page.url).content.decode()
    monkeypatch.setattr(clock, "today", lambda: date(year + 1, 1, 1))
    assert f">{year + 2}</span>" in client.get(page.url).content.decode()
