"""The order of people, as the rule in `person_names` says it: by vectors."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.text.person_names import LONGEST_KEY, arrangements, person_key

# Each name stands where a Finnish list of people has it.
IN_ORDER = [
    "Aho",
    "Matti Aho",
    "Aho, Timo",
    "Anna Aho-Laine",
    "ahola",
    "Eero AHOLA",
    "Juan de la Cruz",
    "Thomas Müller",
    "Timo Myllynen",
    "Maija Mäkelä",
    "Maija Mäkinen",
    "Mäkinen, Ville",
    "Patrick O'Brien",
    "Virtanen, Matti",
    "Matti Virtanen Jr.",
    "Matti Virtanen, sr",
    "Pirjo Virtanen-Mäki",
    "von Wright",
    "Georg Henrik von Wright",
    "Zorro",
    "A\u030ake A\u030astro\u0308m",
    "Ängström",
    "Örn",
    "Иван Петров",
]


def test_names_stand_in_finnish_order():
    keys = [person_key(name) for name in IN_ORDER]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Georg Henrik von Wright", "von Wright, Georg Henrik"),
        ("Georg Henrik von Wright", "Wright, Georg Henrik von"),
        ("Matti Virtanen Jr.", "Virtanen, Matti, jr"),
        ("Matti Virtanen Jr.", "Matti Virtanen, JR"),
        ("Anna-Liisa Aho", "Anna Liisa Aho"),
        ("Virtanen,", "virtanen"),
        (", Maija", "Maija"),
        ("Martti d.ä. Aho", "Aho, Martti d.ä."),
    ],
)
def test_one_person_has_one_place_however_written(name, same):
    assert person_key(name) == person_key(same)


def test_a_particle_alone_is_a_surname_and_so_is_a_short_name():
    assert person_key("Von") == "von"
    assert person_key("Maija Ii") == "ii maija"


@pytest.mark.parametrize("name", ["", " ", ",", "…", ", ,", "-"])
def test_nothing_is_no_error(name):
    assert person_key(name) == ""


@given(st.text())
def test_a_key_fits_its_column(name):
    assert len(person_key(name * 50)) <= LONGEST_KEY
    assert person_key(name) in arrangements(name)


def test_a_name_without_its_particle_is_among_them():
    assert person_key("Georg Wright") in arrangements("von Wright, Georg")
    assert person_key("Nguyen Van") in arrangements("Van Nguyen")


@given(st.permutations(["Maija", "Virtanen", "Mäki", "von"]).map(lambda words: words[:3]))
def test_a_turned_name_is_among_the_arrangements(words):
    found = arrangements(" ".join(words))
    for turned in permutations(words):
        assert person_key(" ".join(turned).upper()) in found
        for end in range(1, len(turned)):
            assert person_key(f"{' '.join(turned[:end])}, {' '.join(turned[end:])}") in found


def test_another_name_is_not():
    found = arrangements("Maija Virtanen")
    assert found == {"virtanen maija", "maija virtanen", "maija!virtanen", "virtanen!maija"}
