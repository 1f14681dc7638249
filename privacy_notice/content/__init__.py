"""The notice's first words: what each language starts from, and what is put back into it.

They deal with O1, O2, O12, O13, O14, O15 and O18.

In the body of a section a word is a block of facts, a list of paragraphs is free text, and an
object names the statement that its paragraphs make. In braces stands the name of a fact, which
the page prints (`prose.inline_facts`): no number, address or year that a setting knows is typed.
The same parts stand in each language, in the
same order and under the same addresses; only the words differ.
"""

import json
import re
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

FILES = {
    file.name.split(".")[1]: file for file in sorted(Path(__file__).parent.glob("notice.*.json"))
}
FACT = re.compile(r"\{(\w+)\}")
FIRST = "fi"  # whose words stand in for those of a language that has none


def notice(language: str) -> dict[str, Any]:
    """Return the fields of the page in the language, as its model takes them."""
    file = FILES.get(language) or FILES[FIRST]
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    content["intro"] = _html(content["intro"])
    for section in content["sections"]:
        section["body"] = _body(section["body"], section["anchor"])
    content["sections"] = [
        _block("section", section, section["anchor"]) for section in content["sections"]
    ]
    return content


def _body(parts: list[Any], anchor: str) -> list[dict[str, Any]]:
    blocks = []
    for place, part in enumerate(parts):
        if isinstance(part, str):
            blocks.append(_block(part, None, part))
        elif isinstance(part, dict):
            ((kind, paragraphs),) = part.items()
            blocks.append(_block(kind, _html(paragraphs), kind))
        else:
            blocks.append(_block("text", _html(part), f"{anchor} {place}"))
    return blocks


def _block(kind: str, value: Any, place: str) -> dict[str, Any]:
    """Return a block with an id: without one, every saving gives it another, and compares badly.

    One place has one id, in each language: so translations can be laid side by side, and what is
    put back is what was there.
    """
    return {"type": kind, "value": value, "id": str(uuid5(NAMESPACE_OID, place))}


def _html(paragraphs: list[str]) -> str:
    return FACT.sub(r'<embed embedtype="fact" name="\1"/>', "\n".join(paragraphs))
