"""Every citation leads somewhere, and every promise is cited by the module that keeps it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.repository.files import ROOT, tracked

CLAUSES = ROOT / "docs" / "clauses.md"
# C44, O4, R01; a range cites all that lie in it: C09–C13. Linters' numbers have three digits.
ID = r"(?:C|R|D|B)\d\d|O\d\d?"
CITATION = re.compile(rf"\b({ID})(?:–({ID}))?\b")
# A path in this repository, as prose writes it; of a placeholder only what is before it.
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.-]*)`")
# `name` in `path`: what prose says a module defines.
DEFINED = re.compile(r"`(\w+)` in\s+`((?:[\w.-]+/)+\w+\.py)`")
DOCS = re.compile(r"\bdocs/[\w./-]*\w")
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)")
FOLDERS = {path.relative_to(ROOT).parts[0] for path in tracked("*/*")}
STATES = {"kept", "partly", "not yet", "by hand", "unused"}


@dataclass(frozen=True)
class Row:
    """One line of the tables in docs/clauses.md."""

    id: str
    words: str
    state: str
    keepers: tuple[str, ...]
    missing: str


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def rows() -> Iterator[Row]:
    for line in CLAUSES.read_text(encoding="utf-8").splitlines():
        if re.match(rf"\| (?:{ID}) \|", line):
            key, words, state, keepers, missing = cells(line)
            yield Row(key, words, state, tuple(re.findall(r"`([^`]+)`", keepers)), missing)


ROWS = list(rows())
KNOWN = {row.id for row in ROWS if row.state != "unused"}
kept = pytest.mark.parametrize("row", [row for row in ROWS if row.keepers], ids=lambda row: row.id)


def between(first: str, last: str) -> list[str]:
    """Return the ids from `first` to `last`; both, when they are of two kinds."""
    if first[0] != last[0]:
        return [first, last]
    width = len(first) - 1
    return [f"{first[0]}{n:0{width}}" for n in range(int(first[1:]), int(last[1:]) + 1)]


def cited_in(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    return {key for first, last in CITATION.findall(text) for key in between(first, last or first)}


def texts() -> list[Path]:
    return [path for path in tracked("*.py", "*.html", "*.md") if path != CLAUSES]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(path: Path) -> set[str]:
    """Return the addresses that GitHub gives to the headings of a document."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


def test_a_range_cites_all_that_lie_in_it(tmp_path):
    file = tmp_path / "text.py"
    file.write_text("C08–C11, O7–O9 and R02 (S101, #C0FFEE, DC12)", encoding="utf-8")
    assert cited_in(file) == {"C08", "C09", "C10", "C11", "O7", "O8", "O9", "R02"}


def test_each_promise_and_each_oddity_stands_there_once_and_in_order():
    for letter, first, last in (("C", "C01", "C55"), ("O", "O1", "O19")):
        assert [row.id for row in ROWS if row.id[0] == letter] == between(first, last)


def test_the_rules_are_numbered_without_a_gap():
    for letter in "RDB":
        found = [row.id for row in ROWS if row.id[0] == letter]
        assert found == between(f"{letter}01", found[-1])


def test_every_row_says_how_things_stand():
    for row in ROWS:
        assert row.state in STATES, row.id
        if row.state != "by hand":
            assert bool(row.keepers) == (row.state in ("kept", "partly")), row.id
        assert bool(row.words) == (row.state != "unused"), row.id
        assert row.missing or row.state in ("kept", "unused"), row.id


def test_every_id_that_is_cited_is_one():
    unknown = {named(path): found for path in texts() if (found := cited_in(path) - KNOWN)}
    assert unknown == {}


@kept
def test_a_promise_is_cited_by_each_module_that_keeps_it(row):
    silent = [
        keeper
        for keeper in row.keepers
        if not (ROOT / keeper).is_file() or row.id not in cited_in(ROOT / keeper)
    ]
    assert silent == []


def test_what_no_module_cites_is_said_to_be_kept_by_none():
    cited = {
        key
        for path in tracked("*.py", "*.html")
        if not named(path).startswith("tests/")
        for key in cited_in(path)
    }
    uncited = [row for row in ROWS if row.id not in cited]
    assert uncited
    assert {row.state for row in uncited} <= {"not yet", "by hand", "unused"}


def test_every_document_that_is_cited_exists():
    lost = {
        named(path): found
        for path in tracked("*.py", "*.html", "*.md", "*.toml", "Makefile")
        if (
            found := {
                name
                for name in DOCS.findall(path.read_text(encoding="utf-8"))
                if not (ROOT / name).exists()
            }
        )
    }
    assert lost == {}


def test_every_path_and_link_in_a_document_leads_somewhere():
    lost = []
    for path in tracked("*.md"):
        text = path.read_text(encoding="utf-8")
        for name in PATH.findall(text):
            if name.split("/")[0] in FOLDERS and not (ROOT / name).exists():
                lost.append((named(path), name))
        for file, anchor in LINK.findall(text):
            target = path.parent / file if file else path
            if not target.exists() or (anchor and anchor not in anchors(target)):
                lost.append((named(path), f"{file}#{anchor}"))
    assert lost == []


def test_what_a_document_says_of_a_module_is_defined_there():
    said = [
        (named(document), name, module)
        for document in tracked("*.md")
        for name, module in DEFINED.findall(document.read_text(encoding="utf-8"))
    ]
    assert said
    missing = [
        (document, name, module)
        for document, name, module in said
        if not re.search(
            rf"^\s*(?:def|class) {name}\b",
            (ROOT / module).read_text(encoding="utf-8"),
            re.MULTILINE,
        )
    ]
    assert missing == []
