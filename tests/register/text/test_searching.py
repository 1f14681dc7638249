"""What is typed into a search box: words, numbers, and what each may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.text.folding import for_search
from register.text.searching import wanted


def readings(query):
    return [word.readings(for_search) for word in wanted(query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Öhman, ÅKE", [{("öhman",)}, {("åke",)}]),
        ("+358 40 123 4567", [{("358401234567",)}]),
        ("Åke 040-1234567", [{("åke",)}, {("0401234567",)}]),
        ("Mäki-Öhman", [{("mäki", "öhman")}]),
        ("12345-67890", [{("1234567890",)}]),
        ("abcde-12345", [{("abcde", "12345"), ("abcde12345",)}]),
        ("ABCDE1234O", [{("abcde1234o",), ("abcde12340",)}]),
        ("12E45-67890", [{("12e45", "67890"), ("12e4567890",)}]),
        ("Olli Abcdefghij", [{("olli",)}, {("abcdefghij",), ("abcdefgh1j",)}]),
        ("…", [set()]),
        ("", []),
    ],
)
def test_what_may_be_meant(query, expected):
    assert readings(query) == expected


@given(st.text())
def test_nonsense_is_no_error(query):
    assert all(part for word in readings(query) for parts in word for part in parts)
