"""Texts of pages are in their one form, those inside blocks and drafts as well."""

import json

import pytest
from django.core.exceptions import ValidationError

from futuuri_site.content import pages
from home.models import HomePage
from privacy_notice.models import PrivacyNoticePage
from register.text.page_fields import inside
from tests.notices import publish_notice

pytestmark = pytest.mark.django_db
DIRTY, CLEAN = "A\u030ake\u200b\u2028meri\u2011lappi", "Åke\nmeri-lappi"


@pytest.fixture(autouse=True)
def content():
    pages.create(languages=["fi"])


def test_texts_in_blocks_and_in_formatted_text():
    page = HomePage.objects.get()
    offer = {"type": "offer", "value": {**page.offers.raw_data[0]["value"], "heading": DIRTY}}
    page.offers = json.dumps([offer])
    page.closing = f"<p>{DIRTY}</p>"
    page.save()
    page = HomePage.objects.get()
    assert page.offers.raw_data[0]["value"]["heading"] == CLEAN
    assert page.closing == f"<p>{CLEAN}</p>"


def test_a_draft_is_in_its_form_when_it_is_published():
    page = PrivacyNoticePage.objects.get()
    publish_notice(page, intro=f"<p>{DIRTY}</p>")
    assert PrivacyNoticePage.objects.get().intro == f"<p>{CLEAN}</p>"


def test_what_is_no_text_stays():
    assert inside({"a\u200b": [1, None, True, " x\u200b"]}) == {"a\u200b": [1, None, True, "x"]}


def test_a_random_id_of_a_block_that_looks_like_an_identity_code_is_no_text():
    page = HomePage.objects.get()
    [offer, *others] = page.offers.raw_data
    page.offers = json.dumps([{**offer, "id": "97632be5-7d6f-47c9-a033-061296f222fc"}, *others])
    page.full_clean()
    assert page.offers.raw_data[0]["id"].endswith("061296f222fc")


@pytest.mark.parametrize("dash", ["-", "\N{NON-BREAKING HYPHEN}"])
def test_an_identity_code_in_a_block_is_refused(dash):
    page = HomePage.objects.get()
    offer = page.offers.raw_data[0]
    value = {**offer["value"], "heading": f"Matti 131052{dash}308T"}
    page.offers = json.dumps([{**offer, "value": value}])
    with pytest.raises(ValidationError) as refusal:
        page.full_clean()
    assert set(refusal.value.message_dict) == {"offers"}
