"""The first words are whole in each language, and stand in the same places (C01)."""

import pytest

from privacy_notice.content import FILES, notice
from privacy_notice.guarding.whole import completed, missing
from privacy_notice.prose.tokens import names_in

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
