"""What nobody can see says nothing."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.text.visible import is_visible

INVISIBLE = (
    " \t\n\x00\x0b\x85\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180e\u2000\u200a"
    "\u200b\u200d\u200e\u2028\u2029\u202e\u2060\u2066\u2800\u3000\u3164\ufe0f\ufeff\uffa0"
    "\ufff9\U000e0020\U000e0101"
)


@pytest.mark.parametrize("character", INVISIBLE, ids=lambda c: f"U+{ord(c):04X}")
def test_it_is_not_seen(character):
    assert not is_visible(character)
    assert is_visible(f"{character}a{character}")


@given(st.text(alphabet=INVISIBLE))
def test_however_many_they_are(text):
    assert not is_visible(text)


@given(st.characters(categories=["Lu", "Ll", "Nd", "Po", "Sm", "Sc"]))
def test_letters_digits_and_signs_are_seen(character):
    assert is_visible(character), unicodedata.name(character, "")


@pytest.mark.parametrize("text", ["ä", "a\u0308", "-", "🙂", "你好", "😶\u200d🌫\ufe0f", "."])
def test_whatever_is_drawn_is_an_answer(text):
    assert is_visible(text)
