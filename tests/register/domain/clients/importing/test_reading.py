"""Whatever a file's name says, its bytes say what it is; identity codes never pass (C23)."""

import pytest

from register.domain.clients.importing import reading, table
from register.exceptions import FileUnfit
from tests.register.domain.clients.importing import workbooks

CODE = "131052-308T"


@pytest.mark.parametrize(
    "data",
    [
        b"Nimi;Hetu\nAada;\n",
        b"Nimi;Tunnus\nAada;131052-308T\n",
        b"Nimi;Tunnus\nAada (131052-308T);x\n",
        workbooks.workbook(A=[["Nimi"]], B=[["Nimi", "x"], ["Aada", CODE]]),
    ],
)
def test_a_column_of_identity_codes_is_refused_and_no_value_told(data):
    with pytest.raises(FileUnfit) as refusal:
        reading.read(data)
    assert "henkilötunnuksia" in refusal.value.reason
    assert CODE not in refusal.value.reason
    assert "Sarakkeessa" in refusal.value.reason


def test_what_is_like_a_code_and_is_none_passes():
    assert reading.read(b"Nimi;Tilaus\nAada;131052-308X\n").sheets[0].rows


@pytest.mark.parametrize("data", [b"", b"  \r\n", b"a" * (table.MOST_BYTES + 1)])
def test_nothing_and_too_much_are_refused(data):
    with pytest.raises(FileUnfit) as refusal:
        reading.read(data)
    assert "tyhjä" in refusal.value.reason or "5 megatavua" in refusal.value.reason


def test_a_workbook_is_one_whatever_it_is_called():
    assert reading.read(workbooks.workbook(A=[["Nimi"]])).form == "Excel"
