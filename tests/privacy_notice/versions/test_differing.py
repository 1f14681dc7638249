"""What the facts change and what the text changes is told apart (C01, C39)."""

import pytest
from django.db.models import QuerySet

from privacy_notice.models import NoticeVersion, PrivacyNoticePage
from privacy_notice.models.told_today import facts_today
from privacy_notice.versions import differing
from register.models import Controller
from tests.notices import publish_notice
from tests.privacy_notice.approval.acting import notice

pytestmark = pytest.mark.usefixtures("site_content")


def said(sections):
    return " ".join(str(change.html) for each in sections for change in each.changes)


def both(draft):
    told = facts_today(notice())
    return said(differing.by_facts(notice(), told)), said(differing.by_text(notice(), draft, told))


def test_nothing_differs_after_a_publication():
    assert not differing.facts_differ(notice())
    assert both(notice()) == ("", "")


def test_a_changed_fact_is_none_of_the_text():
    Controller.objects.update(city="Espoo")
    assert differing.facts_differ(notice())
    facts, text = both(notice())
    assert "Espoo" in facts
    assert text == ""


def test_a_changed_text_is_none_of_the_facts():
    draft = notice()
    draft.title = "Uusi otsikko"
    facts, text = both(draft)
    assert facts == ""
    assert "Uusi" in text


def test_of_a_notice_without_a_version_nothing_is_compared():
    page = notice()
    QuerySet(NoticeVersion).filter(page=page).delete()
    assert not differing.facts_differ(page)
    assert both(page) == ("", "")


def test_the_text_of_a_version_is_given_back_whole():
    first = NoticeVersion.objects.get()
    publish_notice(notice(), title="Uusi", sections=notice().sections, intro="<p>Uusi alku</p>")
    given = differing.give_text(notice(), first)
    assert (given.title, given.intro, given.reviewed_on) == (
        first.text["title"],
        first.text["intro"],
        None,
    )
    assert given.sections.get_prep_value() == first.text["sections"]
    assert differing.written(first).pk is None
    assert PrivacyNoticePage.objects.get().title == "Uusi", "nothing was saved"
