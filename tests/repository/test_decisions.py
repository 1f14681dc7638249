"""Each decision record tells when it was taken and whether it still holds."""

import re
from datetime import date

import pytest

from .files import ROOT

RECORDS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
HEAD = re.compile(
    r"# (?P<number>\d+)\. .+\n\n"
    r"\*\*Date\*\* (?P<date>\d{4}-\d{2}-\d{2}) · "
    r"\*\*Status\*\* (accepted|superseded by (?P<successor>\d{4}))\n\n"
)
every_record = pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)


def head(record) -> re.Match[str]:
    found = HEAD.match(record.read_text(encoding="utf-8"))
    assert found, f"{record.name} lacks number, date or status"
    return found


@every_record
def test_it_has_a_number_a_date_and_a_status(record):
    assert record.name.startswith(f"{int(head(record)['number']):04}-")
    assert date.fromisoformat(head(record)["date"]).year >= 2026


@every_record
def test_what_supersedes_it_is_a_later_record(record):
    successor = head(record)["successor"]
    assert successor is None or successor in {
        other.name[:4] for other in RECORDS if other.name > record.name
    }


def test_the_numbers_leave_no_gap():
    assert [record.name[:4] for record in RECORDS] == [
        f"{number:04}" for number in range(1, len(RECORDS) + 1)
    ]
