"""What must be in the notice is in it, or is put back (C01)."""

import json
from copy import deepcopy
from functools import partial
from pathlib import Path

import pytest

from privacy_notice import content
from privacy_notice.guarding import acts
from privacy_notice.guarding.acts import OffTheAir
from privacy_notice.guarding.whole import completed as completed_in
from privacy_notice.guarding.whole import missing as missing_in
from privacy_notice.guarding.whole import required, states
from privacy_notice.models import PrivacyNoticePage
from privacy_notice.promises.registry import CHAPTERS, promises
from tests.notices import publish_draft

completed = partial(completed_in, language="fi")
missing = partial(missing_in, language="fi")
WHOLE = content.notice("fi")["sections"]
FIRST_WORDS = Path(content.__file__).parents[1] / "migrations" / "first_words.json"
PARTS = [
    (section["value"]["anchor"], part["type"])
    for section in required("fi")
    for part in section["value"]["body"]
    if states(part["type"])
]


def body(sections, anchor):
    return next(each["value"]["body"] for each in sections if each["value"]["anchor"] == anchor)


def kinds(sections):
    return [
        (each["value"]["anchor"], [p["type"] for p in each["value"]["body"]]) for each in sections
    ]


def test_each_clause_is_stated_by_a_required_block():
    """But for C01, which the page itself keeps by being there."""
    stated = {clause for _anchor, kind in PARTS for clause in states(kind)}
    assert stated == promises().keys() - {"C01"}


def test_each_kind_is_stated_once_and_in_its_chapter():
    assert len({kind for _anchor, kind in PARTS}) == len(PARTS)
    assert len(required("fi")) > len(CHAPTERS)


def test_the_first_content_is_whole():
    assert missing(WHOLE) == []
    assert completed(WHOLE) == WHOLE


@pytest.mark.parametrize(("anchor", "kind"), PARTS)
def test_a_missing_part_comes_back_to_its_place(anchor, kind):
    sections = deepcopy(WHOLE)
    parts = body(sections, anchor)
    parts[:] = [part for part in parts if part["type"] != kind]
    assert len(missing(sections)) == 1
    assert missing(completed(sections)) == []
    order = [part["type"] for part in body(WHOLE, anchor) if part["type"] != "text"]
    assert [p["type"] for p in body(completed(sections), anchor) if p["type"] != "text"] == order


@pytest.mark.parametrize("anchor", [section["value"]["anchor"] for section in required("fi")])
def test_a_missing_section_comes_back_to_its_place(anchor):
    sections = [each for each in deepcopy(WHOLE) if each["value"]["anchor"] != anchor]
    assert len(missing(sections)) == 1
    assert completed(sections) == WHOLE


@pytest.mark.parametrize("words", ["", "<p></p>", "<p>&nbsp;</p>", "<p>–</p>", "<p>\u200b</p>"])
def test_a_statement_that_says_nothing_is_missing(words):
    sections = deepcopy(WHOLE)
    body(sections, "tietolahteet")[0]["value"] = words
    assert len(missing(sections)) == 1
    assert completed(sections) == WHOLE


def test_an_emptied_section_is_filled_again():
    sections = deepcopy(WHOLE)
    body(sections, "suojaaminen").clear()
    assert len(missing(sections)) == 5
    assert completed(sections) == WHOLE


def test_what_is_there_stays_as_it_is():
    """Other words, another heading, a part in another section, a section of the editor's own."""
    sections = deepcopy(WHOLE)
    body(sections, "tietolahteet")[0]["value"] = "<p>Kysymme ne sinulta.</p>"
    sections[0]["value"]["heading"] = "Nimi"
    sections[1]["value"]["body"] += body(sections, "yhteyshenkilo")
    del sections[11]
    sections.append({"type": "section", "value": {"heading": "Oma", "anchor": "oma", "body": []}})
    again = completed(sections)
    assert [each for each in again if each["value"]["anchor"] != "yhteyshenkilo"] == sections
    assert sum(kind.count("contact_person") for _anchor, kind in kinds(again)) == 1


def test_nothing_puts_everything_back():
    assert len(missing([])) == len(required("fi"))
    assert completed([]) == required("fi")


def test_a_notice_of_earlier_words_keeps_them_and_is_offered_the_new_parts():
    """What was written before there were these parts: nothing of it is overwritten."""
    first = json.loads(FIRST_WORDS.read_text(encoding="utf-8"))["sections"]
    new = ("lyhyesti", "tama-sivusto")
    earlier = [each for each in deepcopy(WHOLE) if each["value"]["anchor"] not in new]
    for section in earlier:
        words = next(each for each in first if each["anchor"] == section["value"]["anchor"])
        kinds_then = {next(iter(p)) if isinstance(p, dict) else p for p in map(_key, words["body"])}
        parts = [p for p in section["value"]["body"] if p["type"] in kinds_then]
        section["value"]["body"] = [
            {**part, "value": part["value"] and "<p>Omat sanamme.</p>"} for part in parts
        ]
    again = completed(earlier)
    assert {"Pääkohdat", "Oikeus vastustaa", "Käsittelijät"} <= set(missing(earlier))
    assert missing(again) == []
    assert str(again).count("Omat sanamme.") == str(earlier).count("Omat sanamme.") > 20


def _key(part):
    return "text" if isinstance(part, list) else part


@pytest.mark.usefixtures("site_content")
def test_an_incomplete_version_is_published_on_no_way():
    page = PrivacyNoticePage.objects.get()
    page.sections = page.sections.get_prep_value()[1:]
    revision = page.save_revision()
    with pytest.raises(OffTheAir) as refused:
        publish_draft(revision)
    assert refused.value.act == acts.INCOMPLETE
    assert missing(PrivacyNoticePage.objects.get().sections.get_prep_value()) == []
