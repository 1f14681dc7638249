"""`manage.py import_clients`: thin, all or nothing, and its output names nobody (C22)."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from register.management.commands.import_clients import spans
from register.models import Client
from register.reference.clock import today
from tests.register.domain.clients.importing.lists import EERO, ROW, data, offered

pytestmark = pytest.mark.django_db
ENDS = {"Alkaa": f"1.1.{today().year}", "Voimassa asti": f"31.12.{today().year + 1}"}
AADA, EERO_TODAY = {**ROW, **ENDS}, {**EERO, **ENDS}


@pytest.fixture
def file(tmp_path):
    offered()

    def write(*rows):
        file = tmp_path / "lista.csv"
        file.write_bytes(data(*rows))
        return file

    return write


def run(file, *arguments):
    out = StringIO()
    call_command("import_clients", str(file), *arguments, stdout=out)
    for value in ("Aada", "Eero", "Esimerkki", "example.org", "123 4567", "1980"):
        assert value not in out.getvalue()
    return out.getvalue()


def test_a_dry_run_tells_and_enters_nothing(file):
    out = run(file(AADA, EERO_TODAY), "--dry-run")
    assert "Uusi asiakas: 2 (rivit 2–3)" in out
    assert "Mitään ei tuotu." in out
    assert not Client.objects.exists()


def test_it_enters_what_is_new(file):
    assert "Tuotu" in run(file(AADA, EERO_TODAY))
    assert Client.objects.count() == 2
    assert "On jo rekisterissä: 2" in run(file(AADA, EERO_TODAY))


def test_a_wrong_row_stops_it_and_is_told_by_number_and_column(file):
    wrong = file(AADA, {**EERO_TODAY, "Puhelin": "401234567"})
    out = run(wrong, "--dry-run")
    assert "Rivi 3: Puhelinnumero: " in out
    with pytest.raises(CommandError, match="Mitään ei tuotu"):
        run(wrong)
    assert not Client.objects.exists()


def test_columns_are_named_by_their_letters(file):
    odd = file({**AADA, "Kengät": "42"})
    with pytest.raises(CommandError, match="jätetään pois"):
        run(odd)
    with pytest.raises(CommandError, match="B=name"):
        run(odd, "--mapping", "ZZ=name")
    run(odd, "--mapping", "N=specification")
    assert Client.objects.get().orders.get().specification == "42"


def test_columns_and_rows_are_left_out_when_it_is_said(file):
    odd = file({**AADA, "Kengät": "42"}, {**AADA, "Kengät": "42"})
    with pytest.raises(CommandError, match="leave-out-rows"):
        run(odd, "--leave-out-columns")
    run(odd, "--leave-out-columns", "--leave-out-rows")
    assert Client.objects.count() == 1


@pytest.mark.parametrize(
    "arguments",
    [("--sheet", "2"), ("--sheet", "0"), ("--heading-row", "2"), ("--manner", "remote")],
)
def test_what_is_chosen_is_what_is_read(file, arguments):
    if arguments[0] == "--manner":
        assert "Tuotu" in run(
            file({k: v for k, v in AADA.items() if k != "Toteuttamistapa"}), *arguments
        )
        assert Client.objects.get().orders.get().manner == "remote"
        return
    with pytest.raises(CommandError):
        run(file(AADA), *arguments)


def test_a_file_that_is_not_there_or_is_none_is_told(tmp_path):
    with pytest.raises(CommandError, match="ei voi lukea"):
        run(tmp_path / "puuttuu.csv")
    (tmp_path / "tyhja.csv").write_bytes(b"")
    with pytest.raises(CommandError, match="tyhjä"):
        run(tmp_path / "tyhja.csv")


def test_rows_are_told_in_spans():
    assert spans([2, 3, 4, 7, 9, 10]) == "2–4, 7, 9–10"
    assert spans([]) == ""
