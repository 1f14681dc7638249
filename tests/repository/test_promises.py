"""docs/clauses.md says of each promise what its declaration does, so that "not yet" can't lie."""

import re

import pytest

from privacy_notice.promises.registry import promises
from tests.repository.test_citations import CLAUSES, ROWS, between

STATES = {row.id: row for row in ROWS if row.id[0] == "C"}
CHAPTER = re.compile(
    r"^## .+ \((C\d\d)(?:–(C\d\d))?\)\n\nLooked at in `privacy_notice/promises/(\w+)\.py`\.$",
    re.MULTILINE,
)


@pytest.mark.parametrize("clause", sorted(promises()))
def test_the_document_says_what_the_declaration_does(clause):
    assert STATES[clause].state == promises()[clause].standing


@pytest.mark.parametrize("clause", sorted(promises()))
def test_what_a_person_confirms_is_said_there(clause):
    row = STATES[clause]
    told = row.state == "by hand" or "by hand" in row.missing
    assert told == bool(promises()[clause].by_hand)


def test_each_promise_is_looked_at_where_its_chapter_says():
    text = CLAUSES.read_text(encoding="utf-8")
    said = {
        clause: chapter
        for first, last, chapter in CHAPTER.findall(text)
        for clause in between(first, last or first)
    }
    assert said == {clause: promise.chapter for clause, promise in promises().items()}
