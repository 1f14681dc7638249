"""The first words are whole in each language, and stand in the same places (C01)."""

import re

import pytest

from privacy_notice.content import FILES, notice
from privacy_notice.guarding.whole import completed, missing
from privacy_notice.prose.inline_facts import table
from privacy_notice.prose.reading import LONG_SENTENCE, VAGUE_LINK, marked
from privacy_notice.prose.tokens import TOKEN, names_in
from privacy_notice.statements import STATEMENTS
from register.conf import SETTINGS

LANGUAGES = ("fi", "sv", "en")


def places(language):
    """What stands where: all but the words."""
    return [
        (section["id"], section["value"]["anchor"], [(p["type"], p["id"]) for p in body])
        for section in notice(language)["sections"]
        for body in [section["value"]["body"]]
    ]


def tokens(language):
    """The facts inside the words, by the place of the words."""
    return {
        part["id"]: sorted(names_in(part["value"] or ""))
        for section in notice(language)["sections"]
        for part in section["value"]["body"]
    }


def test_there_are_words_in_each_language():
    assert set(FILES) == set(LANGUAGES)
    assert len({notice(language)["slug"] for language in LANGUAGES}) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_whole(language):
    sections = notice(language)["sections"]
    assert missing(sections, language=language) == []
    put_back = completed([], language=language)
    assert put_back == [each for each in sections if each in put_back]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_same_stands_in_the_same_place(language):
    assert places(language) == places("fi")
    assert tokens(language) == tokens("fi")


def test_no_place_is_taken_twice():
    ids = [part["id"] for s in notice("fi")["sections"] for part in (s, *s["value"]["body"])]
    assert len(set(ids)) == len(ids)


def test_a_language_without_words_begins_with_those_of_the_first():
    assert notice("de") == notice("fi")


def texts(language):
    """Each text by its place."""
    content = notice(language)
    parts = [part for s in content["sections"] for part in s["value"]["body"] if part["value"]]
    return {"intro": content["intro"], **{part["id"]: part["value"] for part in parts}}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_easy_to_follow(language):
    """No sentence of more than twenty-five words, and no link that says nothing."""
    for place, text in texts(language).items():
        shown = marked(TOKEN.sub("tieto", text))
        assert VAGUE_LINK not in shown, place
        assert LONG_SENTENCE not in shown or language != "fi", place


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_fact_in_it_is_known(language):
    """A name in braces that is none would be printed as nothing."""
    used = {name for text in texts(language).values() for name in names_in(text)}
    assert used <= set(table())
    assert {"name", "contact_email", "voucher_years", "this_year", "erasure_year"} <= used
    assert not any("{" in text or "}" in text for text in texts(language).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_setting_is_typed_into_it(language):
    """What a setting knows stands there as a fact: a typed one would go stale."""
    typed = " ".join(texts(language).values())
    assert "@" not in typed
    assert "Teknobulevardi" not in typed
    for name in ("VOUCHER_YEARS", "LOG_YEARS", "REQUEST_YEARS"):
        for unit in ("vuotta", "vuoden", "år", "years"):
            assert f"{SETTINGS[name].default} {unit}" not in typed


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_inside_the_page_lead_somewhere(language):
    anchors = {section["value"]["anchor"] for section in notice(language)["sections"]}
    inside = {
        found for text in texts(language).values() for found in re.findall(r'href="#([^"]+)"', text)
    }
    assert inside <= anchors | {"facts-purposes"}
    assert len(inside) >= 6


def test_the_summary_has_six_lines_and_a_way_on_from_each():
    """Who, what, why, how long, to whom, and one's rights."""
    for language in LANGUAGES:
        lines = re.findall(r"<li>(.*?)</li>", texts(language)[_id("in_short")])
        assert len(lines) == 6
        assert all("<b>" in line and 'href="#' in line for line in lines)


def test_each_right_says_what_to_do_and_the_letter_comes_last():
    """O18: the easy way first."""
    for kind in ("objection", "summary", "rectification", "erasure_request", "consent_withdrawal"):
        text = texts("fi")[_id(kind)]
        assert "<b>Toimi näin:</b>" in text
        assert 0 < text.index("contact_email") < text.index("kirje")
    text = texts("fi")[_id("requests")]
    assert text.index("contact_email") < text.index("Kirjeellä")


def _id(kind):
    assert kind in STATEMENTS
    parts = [part for s in notice("fi")["sections"] for part in s["value"]["body"]]
    return next(part["id"] for part in parts if part["type"] == kind)
