"""A fingerprint tells facts from others, whatever their order, and holds none of them (C01)."""

import pytest
from wagtail.models import Site

from home.models import FeedbackPage
from privacy_notice.models import PrivacyNoticePage
from privacy_notice.models.told_today import facts_today, fingerprint, site_of
from register.models import Controller


def test_the_same_facts_have_one_mark_and_others_another():
    assert fingerprint({"a": 1, "b": [2]}) == fingerprint({"b": [2], "a": 1})
    assert fingerprint({"a": 1}) != fingerprint({"a": 2})
    assert "Salainen" not in fingerprint({"name": "Salainen"})


@pytest.mark.usefixtures("site_content")
def test_they_are_those_of_the_settings_as_they_are_now():
    page = PrivacyNoticePage.objects.get()
    before = fingerprint(facts_today(page))
    assert fingerprint(facts_today(page)) == before
    Controller.objects.update(city="Espoo")
    assert facts_today(page)["controller"]["city"] == "Espoo"
    assert fingerprint(facts_today(page)) != before


@pytest.mark.usefixtures("site_content")
def test_a_page_under_no_site_has_none():
    page = PrivacyNoticePage.objects.get()
    Site.objects.update(root_page=FeedbackPage.objects.get())
    Site.clear_site_root_paths_cache()
    with pytest.raises(Site.DoesNotExist):
        site_of(page)
