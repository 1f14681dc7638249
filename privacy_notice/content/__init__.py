"""The notice's first words in Finnish: what it starts from, and what is put back into it.

They deal with O1, O2, O12, O13, O14 and O15.

In the body of a section a word is a block of facts, a list of paragraphs is free text, and an
object names the statement that its paragraphs make.
"""

import json
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

FILE = Path(__file__).with_name("notice.json")


def notice() -> dict[str, Any]:
    """Return the fields of the page, as its model takes them."""
    content: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    content["intro"] = _html(content["intro"])
    for section in content["sections"]:
        parts = [_part(part) for part in section["body"]]
        section["body"] = [_block(kind, value, value or kind) for kind, value in parts]
    content["sections"] = [
        _block("section", section, section["anchor"]) for section in content["sections"]
    ]
    return content


def _part(part: Any) -> tuple[str, str | None]:
    if isinstance(part, str):
        return part, None
    kind, paragraphs = next(iter(part.items())) if isinstance(part, dict) else ("text", part)
    return kind, _html(paragraphs)


def _block(kind: str, value: Any, words: str) -> dict[str, Any]:
    """Return a block with an id: without one, every saving gives it another, and compares badly.

    The same words have the same id, so that what is put back is what was there.
    """
    return {"type": kind, "value": value, "id": str(uuid5(NAMESPACE_OID, words))}


def _html(paragraphs: list[str]) -> str:
    return "\n".join(paragraphs)
