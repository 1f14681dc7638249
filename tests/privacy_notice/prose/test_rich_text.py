"""A fact inside a sentence is stored by name, printed from its source, and can't be mistyped."""

import json

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.rich_text import expand_db_html

from privacy_notice.blocks import TEXT_FEATURES
from privacy_notice.models import NoticeVersion, PrivacyNoticePage
from register.models import Controller
from register.text.normal_form import one_line
from tests.notices import publish_notice

pytestmark = pytest.mark.usefixtures("site_content")
STORED = '<p data-block-key="abcde">Soita <embed embedtype="fact" name="phone"/> heti.</p>'


def converter():
    return ContentstateConverter(features=TEXT_FEATURES)


def test_the_page_prints_what_the_settings_say():
    assert "Soita" in expand_db_html(STORED)
    assert (
        '<span data-fact="phone"><a href="tel:+358104204140">010 420 4140</a></span>'
        in expand_db_html(STORED)
    )
    Controller.objects.update(phone="09 123 456")
    assert "09 123 456" in expand_db_html(STORED)


def test_an_address_is_a_link():
    html = expand_db_html('<embed embedtype="fact" name="email"/>')
    assert '<a href="mailto:futuuri@tyovalmennus.fi">futuuri@tyovalmennus.fi</a>' in html


def test_what_is_set_is_printed_as_text():
    Controller.objects.update(phone="<b>&")
    assert "&lt;b&gt;&amp;" in expand_db_html(STORED)


def test_the_editor_shows_what_it_prints_and_stores_its_name():
    state = json.loads(converter().from_database_format(STORED))
    (block,) = state["blocks"]
    assert block["text"] == "Soita 010 420 4140 heti."
    (entity,) = state["entityMap"].values()
    assert (entity["type"], entity["mutability"]) == ("FACT", "IMMUTABLE")
    assert converter().to_database_format(json.dumps(state)) == STORED


def test_a_text_that_was_tampered_with_stores_the_name_alone():
    state = json.loads(converter().from_database_format(STORED))
    state["blocks"][0]["text"] = "Soita 999 999 9999 heti."
    assert converter().to_database_format(json.dumps(state)) == STORED


@pytest.mark.parametrize("place", ["<p>{}</p>", "<p>{} ja</p>", "<ul><li>a {}</li></ul>", "{}"])
def test_it_may_stand_anywhere(place):
    stored = place.format('<embed embedtype="fact" name="city"/>')
    assert "Vantaa" in converter().from_database_format(stored)


def test_several_facts_cost_two_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        expand_db_html(STORED * 5)


def test_the_public_page_prints_it(client):
    notice = PrivacyNoticePage.objects.get()
    notice.intro = STORED
    publish_notice(notice)
    page = one_line(client.get("/tietosuojaseloste/").content.decode())
    assert "010 420 4140</a></span> heti." in page
    assert "<embed" not in page


def test_a_published_fact_stays_as_it_was_and_a_person_can_be_masked(client):
    notice = PrivacyNoticePage.objects.get()
    contact = '<embed embedtype="fact" name="contact_email"/>'
    notice.intro = STORED + f"<p>{contact}</p>"
    publish_notice(notice)
    Controller.objects.update(phone="09 123 456")
    page = one_line(client.get("/tietosuojaseloste/").content.decode())
    assert "010 420 4140</a></span> heti." in page
    assert '<a href="mailto:kirsi.valto@tyovalmennus.fi">' in page
    version = NoticeVersion.objects.current(notice)
    assert "kirsi.valto" not in version.content
    assert version.facts["periods"]["voucher_years"] == "6 vuotta"
