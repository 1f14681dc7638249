"""The first pages say the same in each language, and stand where they are said to."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from futuuri_site.content import first


def shape(content):
    """What is there, without the words."""
    if isinstance(content, dict):
        return {name: shape(value) for name, value in content.items()}
    if isinstance(content, list):
        return [shape(each) for each in content]
    return type(content)


@pytest.mark.parametrize("language", first.LANGUAGES)
@pytest.mark.parametrize("page", [first.home_page, first.feedback_page])
def test_each_language_has_the_same_parts_in_its_own_words(page, language):
    finnish, translated = page("fi"), page(language)
    assert shape(translated) == shape(finnish)
    if language != "fi":
        assert {name for name in finnish if finnish[name] == translated[name]} == set()


def test_the_sites_own_language_comes_first():
    assert first.LANGUAGES == ["fi", "sv", "en"]


@pytest.mark.usefixtures("every_language")
@pytest.mark.parametrize("language", first.LANGUAGES)
def test_the_page_for_a_fault_leads_to_pages_of_its_language_without_asking(client, language):
    with translation.override(language):
        html = render_to_string("500.html")
    for address, title in first.addresses(language)[1:]:
        assert f'<a href="{address}">{title}</a>' in html
    for address, title in first.addresses(language):
        answer = client.get(address)
        assert answer.status_code == 200
        assert f"<title>{title} " in answer.text
