"""Texts that look the same are the same, whatever hides in them."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.text.normal_form import lines, one_line, with_hyphens

# Formats of Unicode that can be seen: Arabic number signs and their like.
SEEN = {"ARABIC NUMBER", "ARABIC SIGN", "ARABIC FOOTNOTE", "ARABIC END", "ARABIC DISPUTED"} | {
    "ARABIC POUND", "ARABIC PIASTRE", "SYRIAC ABBREVIATION", "KAITHI NUMBER",
}  # fmt: skip
HIDDEN_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800\ufe0f\U000e0101"
BREAKS_AND_BLANKS = " \n\r\x0b\x0c\x85\u2028\u2029\xa0\u202f"
HYPHENS_AND_MARKS = "-\u2010\u2011\xad\u200b\u0308\u030a"
ODD = st.text(
    st.sampled_from(f"aäÅö{BREAKS_AND_BLANKS}{HYPHENS_AND_MARKS}") | st.characters(codec="utf-8")
)


def is_seen(character: str) -> bool:
    return " ".join(unicodedata.name(character, "").split(" ")[:2]) in SEEN


@pytest.mark.parametrize("form", [lines, one_line, with_hyphens])
def test_no_format_character_of_unicode_stays(form):
    formats = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) == "Cf" and not is_seen(chr(code))
    ]
    assert len(formats) > 140
    assert [hex(ord(each)) for each in formats if form(f"a{each}b") != "ab"] == []


@pytest.mark.parametrize("hidden", HIDDEN_LETTERS)
def test_no_letter_or_mark_that_nobody_sees_stays(hidden):
    assert one_line(f"a{hidden}b") == "ab"


@pytest.mark.parametrize("form", [lines, one_line, with_hyphens])
@pytest.mark.parametrize("text", ["\u200b", " \xad\u2060 ", "\u200e\u200f\ufeff", "\u3164\u2800"])
def test_a_text_of_nothing_visible_is_empty(form, text):
    assert form(text) == ""


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_each_line_break_is_one_and_a_blank_in_a_line(line_break):
    assert lines(f"yksi{line_break}kaksi") == "yksi\nkaksi"
    assert one_line(f"yksi{line_break}kaksi") == "yksi kaksi"


def test_decomposed_text_is_composed_and_what_stood_between_is_gone():
    assert one_line("A\u030ake O\u0308hman") == "Åke Öhman"
    assert one_line("A\u200d\u030ake") == "Åke"


def test_hyphens_that_forbid_a_break_are_hyphens_and_dashes_stay():
    assert one_line("Meri\u2011Lapin Anna\u2010Liisa") == "Meri-Lapin Anna-Liisa"
    assert lines("klo 10–12 — ehkä") == "klo 10–12 — ehkä"
    assert with_hyphens("1937104 – 7") == "1937104 - 7"


@pytest.mark.parametrize("blank", [" ", "\t", "\xa0", "\u202f", "\u2007", "\u3000"])
def test_in_a_line_each_run_of_blanks_is_one(blank):
    assert one_line(f"{blank}Maija{blank}{blank} Virtanen{blank}") == "Maija Virtanen"


def test_lines_keep_their_own_blanks():
    assert lines("  1 234,50\xa0€\n\n\t- jatkuu  ") == "1 234,50\xa0€\n\n\t- jatkuu"


def test_parts_of_a_joined_emoji_stay():
    assert lines("👩\u200d⚕\ufe0f kävi") == "👩⚕ kävi"


def test_control_characters_are_left_to_be_refused_in_words():
    assert one_line("a\x00b\x1fc") == "a\x00b\x1fc"


@pytest.mark.parametrize("form", [lines, one_line, with_hyphens])
@given(text=ODD)
def test_it_is_its_own_form_and_nothing_seen_is_lost(form, text):
    formed = form(text)
    assert form(formed) == formed
    assert unicodedata.is_normalized("NFC", formed)
    assert letters(formed) == letters(text)


def letters(text: str) -> str:
    """Return letters and digits as they are read, without what may be invisible or a dash."""
    return "".join(
        each
        for each in unicodedata.normalize("NFC", "".join(filter(is_letter, text)))
        if each.isalnum()
    )


def is_letter(character: str) -> bool:
    return (character.isalnum() or unicodedata.category(character)[0] == "M") and (
        character not in HIDDEN_LETTERS and one_line(character) != ""
    )
