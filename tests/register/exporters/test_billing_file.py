"""The file's bytes, and the promise that it holds three personal columns (C25)."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest

from register.checks import the_billing_file_is_as_promised
from register.exporters import billing_file
from register.exporters.billing_file import DelimitedFile, Line, is_as_promised, personal_columns
from register.inventory.registry import Declaration, inventory
from register.inventory.vocabulary import Category, Recipient

LINE = Line(
    name="Määttä, Äiti",
    email="aiti@example.org",
    service_name="Uraohjaus",
    month=date(2026, 1, 1),
    amount=Decimal("1120.5"),
    reference="0a1b2c3d4e5f60718293",
)


def content(*lines: Line, encoding: str = "utf-8-sig") -> bytes:
    return b"".join(DelimitedFile(encoding).write(lines))


def test_the_file_is_what_the_finance_provider_expects_byte_for_byte():
    assert content(LINE) == (
        b"\xef\xbb\xbfnimi;s\xc3\xa4hk\xc3\xb6postiosoite;laskutettava palvelu\r\n"
        b"M\xc3\xa4\xc3\xa4tt\xc3\xa4, \xc3\x84iti;aiti@example.org;"
        b"Uraohjaus | 01/2026 | 1120,50 | 0a1b2c3d4e5f60718293\r\n"
    )


def test_it_writes_iso_8859_15_when_told_so():
    assert content(LINE, encoding="iso-8859-15") == (
        b"nimi;s\xe4hk\xf6postiosoite;laskutettava palvelu\r\n"
        b"M\xe4\xe4tt\xe4, \xc4iti;aiti@example.org;"
        b"Uraohjaus | 01/2026 | 1120,50 | 0a1b2c3d4e5f60718293\r\n"
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "iso-8859-15"])
def test_hostile_names_stay_in_their_cell(encoding):
    hostile = [
        "=cmd|' /C calc'!A0",
        'a";"b',
        "Erdős; Pál",
        "-1",
        "\tx",
        "＝1",
        "Łukasz\r\nTest",
        "名",
    ]
    file = content(*(LINE._replace(name=name) for name in hostile), encoding=encoding)

    rows = list(csv.reader(io.StringIO(file.decode(encoding), newline=""), delimiter=";"))

    assert [len(row) for row in rows] == [3] * (len(hostile) + 1)
    assert {row[1] for row in rows[1:]} == {LINE.email}
    assert not any(row[0].startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for row in rows)


def test_a_service_name_with_the_separator_is_still_taken_apart_from_the_right():
    file = content(LINE._replace(service_name="Ura | polku")).decode("utf-8-sig")
    billed = file.splitlines()[1].split(";")[2]
    assert billed.rsplit(" | ", 3) == ["Ura | polku", "01/2026", "1120,50", LINE.reference]


def test_the_inventory_allows_exactly_the_three_columns_of_the_notice():
    assert personal_columns() == ["name", "email", "service_name"]
    assert is_as_promised()
    assert the_billing_file_is_as_promised(None) == []


def test_the_personal_columns_of_a_line_are_those_of_the_inventory():
    assert Line._fields[:3] == tuple(personal_columns())
    assert not {"specification", "phone", "birth_year"} & set(Line._fields)


@pytest.mark.parametrize("extra", ["phone", "specification_encrypted"])
def test_a_fourth_personal_column_fails_the_build(monkeypatch, extra):
    fourth = inventory.personal(Category.IDENTITY, recipients=[Recipient.FINANCE_PROVIDER])
    declared = {
        **inventory._declarations,
        "register.X": Declaration(model="register.X", personal={extra: fourth}),
    }
    monkeypatch.setattr(inventory, "_declarations", declared)

    assert not is_as_promised()
    assert [problem.id for problem in the_billing_file_is_as_promised(None)] == ["register.E020"]


def test_a_column_less_fails_as_well(monkeypatch):
    kept = {label: d for label, d in inventory._declarations.items() if "email" not in d.fields}
    monkeypatch.setattr(inventory, "_declarations", kept)
    assert not is_as_promised()
    assert billing_file.personal_columns() != ["name", "email", "service_name"]
