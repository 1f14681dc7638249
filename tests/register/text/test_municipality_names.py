"""C12: a municipality is found by each of its names; what became of a former one is known."""

import pytest

from register.reference.clock import today
from register.reference.municipalities import municipalities
from register.text.municipality_names import BEFORE_2015, code_of, find, names_like


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


def test_no_two_that_are_there_today_share_a_name():
    for row in municipalities().values():
        if row.exists(today()):
            assert code_of(row.fi) == code_of(row.sv) == code_of(row.code) == row.code


@pytest.mark.parametrize("typed", ["abo", "ÅBO", " Turku ", "853"])
def test_case_accents_and_blanks_make_no_difference(typed):
    assert code_of(typed) == "853"


def test_a_former_one_is_known_by_its_name():
    assert code_of("pertunmaa") == "588"


@pytest.mark.parametrize("typed", ["Narnia", "", "Helsinki 10", "x" * 300_000])
def test_what_is_no_name_is_none(typed):
    assert code_of(typed) is None


def test_what_may_be_meant():
    assert names_like("helsin") == ["Helsinki"]
    assert names_like("Tamperre") == ["Tampere"]
    assert names_like("") == names_like("Narnia") == []
    assert names_like("Lammi") == ["Hämeenlinna"]
    assert len(names_like("k")) == 3
