"""C12: the 308 municipalities of 2026, and where the list comes from."""

import json
import runpy
import sys
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from register.reference import municipalities as module
from register.reference.municipalities import (
    municipalities,
    municipality_choices,
    validate_exists,
)

DERIVATION = module.DATA.with_name("derive_municipalities.py")


def existing(on):
    return {code: row for code, row in municipalities().items() if row.exists(on)}


def test_there_are_308_with_codes_of_three_digits():
    assert len(existing(date(2026, 11, 26))) == 308
    assert len(existing(date(2024, 12, 31))) == 309
    assert all(len(code) == 3 and code.isdigit() for code in municipalities())


def test_no_code_and_no_name_comes_twice():
    lines = module.DATA.read_text(encoding="utf-8").splitlines()[1:]
    assert len({line.split(";")[0] for line in lines}) == len(lines) == len(municipalities())
    assert len({row.fi for row in municipalities().values()}) == len(lines)


def test_each_former_one_has_a_last_day_and_a_successor_that_exists():
    former = {code: row for code, row in municipalities().items() if row.valid_until}
    assert len(former) == 12
    for row in former.values():
        heir = municipalities()[row.successor]
        assert (row.valid_until.month, row.valid_until.day) == (12, 31)
        assert heir.exists(row.valid_until + timedelta(days=1))
        # "Mäntyharjuun" is said of Mäntyharju.
        assert row.successor_into[:3] == heir.fi[:3]
    assert all(not row.successor for row in municipalities().values() if not row.valid_until)


def test_known_codes():
    assert (municipalities()["091"].fi, municipalities()["091"].sv) == ("Helsinki", "Helsingfors")
    assert (municipalities()["092"].fi, municipalities()["092"].sv) == ("Vantaa", "Vanda")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "Pertunmaa (liittyi Mäntyharjuun 1.1.2025)"),
        ("sv", "Pertunmaa (gick ihop med Mäntyharju 2025-01-01)"),
        ("en", "Pertunmaa (joined Mäntyharju on 1 Jan 2025)"),
    ],
)
def test_a_former_one_says_what_became_of_it(language, words):
    with translation.override(language):
        assert str(municipalities()["588"]) == words


def test_a_former_one_is_refused_to_whoever_chooses_it():
    validate_exists("091")
    with pytest.raises(ValidationError, match="Pertunmaa"):
        validate_exists("588")


def test_they_come_in_finnish_order():
    names = [row.fi for row in existing(date(2026, 11, 26)).values()]
    assert names[0] == "Akaa"
    assert names[-1] == "Äänekoski"
    assert names.index("Ypäjä") < names.index("Ähtäri") < names.index("Äänekoski")
    assert names.index("Salo") < names.index("Sastamala") < names.index("Säkylä")


def test_names_are_shown_in_the_readers_language():
    with translation.override("sv"):
        assert dict(municipality_choices())["092"] == "Vanda"
    with translation.override("fi"):
        assert dict(municipality_choices())["092"] == "Vantaa"


def test_the_data_is_derived_by_the_script(tmp_path, monkeypatch):
    rows = [
        ("092", "Vantaa", "Vanda"),
        ("588", "Pertunmaa", "Pertunmaa"),
        ("091", "Helsinki", "Helsingfors"),
        ("091", "Helsinki", "Helsingfors"),
        (None, None, None),
    ]
    keys = ("municipal_code", "municipal_name_fi", "municipal_name_sv")
    (tmp_path / "postcodes.json").write_text(
        json.dumps([dict(zip(keys, row, strict=True)) for row in rows]), encoding="utf-8"
    )
    script = tmp_path / DERIVATION.name
    script.write_text(DERIVATION.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", [str(script), str(tmp_path)])

    runpy.run_path(str(script), run_name="__main__")

    made = (tmp_path / "municipalities.csv").read_text(encoding="utf-8").splitlines()
    shipped = module.DATA.read_text(encoding="utf-8").splitlines()
    assert made[0] == shipped[0]
    assert "091;Helsinki;Helsingfors;;;;" in made
    assert "588;Pertunmaa;Pertunmaa;;2024-12-31;507;Mäntyharjuun" in made
    assert len(made) == 1 + 2 + 12
    assert set(made) <= set(shipped)


def test_the_shipped_file_has_the_form_that_the_script_writes():
    text = module.DATA.read_text(encoding="utf-8")
    codes = [line.split(";")[0] for line in text.splitlines()[1:]]
    assert text.startswith("code;fi;sv;valid_from;valid_until;successor;successor_into\n")
    assert text.endswith("\n")
    assert codes == sorted(codes)
