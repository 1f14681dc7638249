"""A Finnish personal identity code is found wherever it stands, and nothing else is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.text.identity_codes import has_code, masked

# The table of check characters as the population register publishes it.
CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
SIGNS = {1800: "+", 1900: "-YXWVU", 2000: "ABCDEF"}
REMOVED = "[henkilötunnus poistettu]"


@st.composite
def codes(draw):
    born = draw(st.dates(date(1850, 1, 1), date(2099, 12, 31)))
    sign = draw(st.sampled_from(SIGNS[born.year // 100 * 100]))
    digits = f"{born:%d%m}{born.year % 100:02}"
    individual = f"{draw(st.integers(2, 999)):03}"
    return f"{digits}{sign}{individual}{CHECK[int(digits + individual) % 31]}"


@given(
    codes(),
    st.sampled_from(["", "Matti ", "hetu:", "(", "\n", "x"]),
    st.sampled_from(["", " 0401234567", ".", ":n", ")\n", "x"]),
    st.booleans(),
)
def test_each_code_is_found_and_the_rest_is_kept(code, before, after, small):
    written = code.lower() if small else code
    assert has_code(f"{before}{written}{after}")
    assert masked(f"{before}{written}{after}") == f"{before}{REMOVED}{after}"


@given(codes(), st.integers(1, 30))
def test_another_check_character_is_no_code(code, further):
    wrong = CHECK[(CHECK.index(code[-1]) + further) % 31]
    assert not has_code(code[:-1] + wrong)


@pytest.mark.parametrize(
    "code",
    # The example of the population register, with each sign of its century, and other dashes.
    [f"131052{sign}308T" for sign in "-YXWVU–‑"] + ["131052 - 308T", "131052-308t"],
)
def test_the_published_example_in_each_spelling(code):
    assert masked(code) == REMOVED


@pytest.mark.parametrize(
    "text", ["", "0401234567", "2026-11-26", "1937104-7", "310252-308T", "ABCDE-12345", "1.2.2027"]
)
def test_other_numbers_are_none(text):
    assert not has_code(text)
    assert masked(text) == text


def test_several_codes_go_and_the_lines_between_stay():
    text = "Äiti 131052-308T,\nlapsi 131052-308T."
    assert masked(text) == f"Äiti {REMOVED},\nlapsi {REMOVED}."
