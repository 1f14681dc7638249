"""What must be in the notice is in it: its sections, the blocks of facts, each clause (C01).

Required is what the first content has, free text apart: whatever states a clause there, and each
section that holds such a block. What is missing is put back from there, in its place.
"""

from collections.abc import Iterable
from copy import deepcopy
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from privacy_notice import content
from privacy_notice.blocks import SectionBodyBlock, StatementBlock
from register.text.validators import says_something

BLOCKS: dict[str, Any] = SectionBodyBlock().child_blocks
Raw = list[dict[str, Any]]


def states(kind: str) -> tuple[str, ...]:
    """Return the clauses that a kind of block states."""
    return tuple(getattr(BLOCKS.get(kind), "states", ()))


def stated(sections: Raw) -> set[str]:
    """Return the clauses that the sections state."""
    return {clause for kind in _said(sections) for clause in states(kind)}


def required(language: str) -> Raw:
    """Return the sections of the first content that have to be there, with all their blocks."""
    return [
        section
        for section in content.notice(language)["sections"]
        if any(states(part["type"]) for part in section["value"]["body"])
    ]


def missing(sections: Raw, *, language: str) -> list[str]:
    """Return what has to be there and isn't, in the notice's order, as people call it.

    A section by its heading, which stands for all that was in it; a block by its label.
    """
    anchors, kinds = _anchors(sections), _said(sections)
    lacking = []
    for section in required(language):
        if section["value"]["anchor"] not in anchors:
            lacking.append(str(section["value"]["heading"]))
            continue
        lacking += [
            str(BLOCKS[part["type"]].label)
            for part in section["value"]["body"]
            if states(part["type"]) and part["type"] not in kinds
        ]
    return lacking


def completed(sections: Raw, *, language: str) -> Raw:
    """Return the sections with what is missing put back in the words of the language.

    What is there stays as it is.
    """
    kinds = _said(sections)
    whole = deepcopy(sections)
    by_anchor = {section["value"]["anchor"]: section["value"] for section in whole}
    order = [section["value"]["anchor"] for section in content.notice(language)["sections"]]
    for section in required(language):
        default = section["value"]
        there = by_anchor.get(default["anchor"])
        if there is None:
            later = set(order[order.index(default["anchor"]) + 1 :])
            whole.insert(_before(whole, later, lambda each: each["value"]["anchor"]), section)
            default["body"] = [
                part for part in default["body"] if part["type"] not in kinds
            ] or default["body"]
        else:
            there["body"] = _completed_body(there["body"], default["body"], kinds)
    return whole


def _completed_body(body: Raw, default: Raw, kinds: set[str]) -> Raw:
    absent = [part for part in default if states(part["type"]) and part["type"] not in kinds]
    names = [part["type"] for part in absent]
    whole = [part for part in body if part["type"] not in names]  # without those that say nothing
    for part in absent:
        later = {each["type"] for each in default[default.index(part) + 1 :]} - {"text"}
        whole.insert(_before(whole, later, lambda each: each["type"]), part)
    return whole


def _before(parts: Raw, later: set[str], name: Any) -> int:
    """Return where something goes that stands before the later ones: at the end without any."""
    return next((place for place, each in enumerate(parts) if name(each) in later), len(parts))


def _anchors(sections: Raw) -> set[str]:
    return {section["value"]["anchor"] for section in sections}


def _said(sections: Raw) -> set[str]:
    """Return the kinds of blocks that are there and state something."""
    return {part["type"] for part in _parts(sections) if states(part["type"]) and _says(part)}


def _parts(sections: Raw) -> Iterable[dict[str, Any]]:
    for section in sections:
        yield from section["value"]["body"]


def _says(part: dict[str, Any]) -> bool:
    if isinstance(BLOCKS.get(part["type"]), StatementBlock):
        return says_something(unescape(strip_tags(part["value"] or "")))
    return True
