"""C12: the 308 municipalities of 2026, and where the list comes from."""

import json
import runpy
import sys

from django.utils import translation

from register import municipalities as module
from register.municipalities import municipalities, municipality_choices

DERIVATION = module.DATA.with_name("derive_municipalities.py")


def test_there_are_308_with_codes_of_three_digits():
    assert len(municipalities()) == 308
    assert all(len(code) == 3 and code.isdigit() for code in municipalities())


def test_no_code_and_no_name_comes_twice():
    lines = module.DATA.read_text(encoding="utf-8").splitlines()[1:]
    assert len({line.split(";")[0] for line in lines}) == len(lines) == 308
    assert len({row.fi for row in municipalities().values()}) == 308


def test_known_codes():
    assert (municipalities()["091"].fi, municipalities()["091"].sv) == ("Helsinki", "Helsingfors")
    assert (municipalities()["092"].fi, municipalities()["092"].sv) == ("Vantaa", "Vanda")


def test_pertunmaa_has_joined_mantyharju():
    assert "588" not in municipalities()
    assert "Mäntyharju" in {row.fi for row in municipalities().values()}


def test_they_come_in_finnish_order():
    names = [row.fi for row in municipalities().values()]
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

    assert (tmp_path / "municipalities.csv").read_text(encoding="utf-8") == (
        "code;fi;sv\n091;Helsinki;Helsingfors\n092;Vantaa;Vanda\n"
    )


def test_the_shipped_file_has_the_form_that_the_script_writes():
    text = module.DATA.read_text(encoding="utf-8")
    codes = [line.split(";")[0] for line in text.splitlines()[1:]]
    assert text.startswith("code;fi;sv\n")
    assert text.endswith("\n")
    assert codes == sorted(codes)
