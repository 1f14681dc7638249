"""C12: a municipality is found by each of its names; what became of a former one is known."""

import pytest

from register.reference.municipalities import municipalities
from register.text.municipality_names import BEFORE_2015, find


def test_every_municipality_is_found_by_both_names():
    present = [each for each in municipalities().values() if each.valid_until is None]
    for each in present:
        for name in (each.fi, each.sv, each.fi.upper(), f" {each.sv} "):
            assert find(name) == (each.code, ""), name


@pytest.mark.parametrize(
    ("name", "heir"),
    [
        ("Nastola", "Lahti"),
        ("Kjulo", "Säkylä"),
        ("Pertunmaa", "Mäntyharju"),
        ("lammi", "Hämeenlinna"),
    ],
)
def test_a_former_one_is_read_as_what_it_became(name, heir):
    found = find(name)
    assert municipalities()[found.code].fi == heir
    assert found.former


def test_all_former_ones_have_a_present_one():
    names = [name for names, _heir in BEFORE_2015 for name in names]
    names += [each.fi for each in municipalities().values() if each.valid_until]
    for name in names:
        found = find(name)
        assert found.former == name
        assert municipalities()[found.code].valid_until is None


@pytest.mark.parametrize("name", ["Ruotsinpyhtää", "Helsingfors stad", "Tallinna", ""])
def test_nothing_is_guessed(name):
    assert find(name) is None
