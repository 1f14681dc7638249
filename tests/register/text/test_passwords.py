"""What is guessed at once weighs little, whatever characters it is made of (C36)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.text.passwords import LEAST_WEIGHT, in_normal_form, plain, weight, words_of

OF_THE_FIRM = words_of("Työvalmennus Futuuri", "Maija Meikäläinen", "maija@example.org")


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa",
        "salasana2026",
        "salasanani2026",
        "kesäloma2026",
        "kesälomallani26!",
        "kesa\u0308loma2026",
        "KESÄLOMA-2026",
        "K3s4l0m4!2026",
        "Kevät2026Kevät2026",
        "kissakoira2026",
        "sommarsemester1",
        "lösenord12345",
        "futuuri12345",
        "Futuurissa2026!",
        "työvalmennuksen1",
        "meikäläinenmaija",
        "qwertyuiop123",
        "poiuytrewq321",
        "202611260930",
        "hevonenhevonen",
        "abcabcabcabcab",
    ],
)
def test_a_weak_one(password):
    assert weight(password, OF_THE_FIRM) < LEAST_WEIGHT


@pytest.mark.parametrize(
    "password",
    [
        "oikea hevonen paristo niitti",
        "hopeatraktoripilvi",
        "kesäloma traktori pilvi omena",
        "kymmenen nyt satoi",
        "31415926535897932384",
        "xkmqvlpzhtrw",
        "f7c1a90b3e5d",
    ],
)
def test_a_strong_one_without_any_rule_of_composition(password):
    assert weight(password, OF_THE_FIRM) >= LEAST_WEIGHT


@given(st.text(max_size=200))
def test_no_text_fails_and_its_form_makes_no_difference(password):
    decomposed = unicodedata.normalize("NFD", password)
    assert in_normal_form(decomposed) == in_normal_form(password)
    assert len(plain(password)) == len(in_normal_form(password))
    assert 0 <= weight(password) <= len(in_normal_form(password))
    assert weight(decomposed) == weight(password)
