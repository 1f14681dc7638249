"""Typst makes the PDF: tagged, of the text that it is handed, and of nothing else (C01).

It gets an empty folder for its own, its built-in fonts, and no package: it reads no file and asks
no network. The same text is the same bytes.
"""

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

SOURCE = Path(__file__).parents[1] / "templates" / "privacy_notice" / "notice.typ"
NOT_SHOWN = "\ufffd"
# The marks of byte order, and NUL: nothing that is read, and PDF/UA has no place for them.
DISALLOWED = dict.fromkeys((0x0000, 0xFEFF, 0xFFFE))


def typeset(
    blocks: list[dict[str, Any]], *, title: str, language: str, day: date, footer: str, page: str
) -> bytes:
    """Return the PDF/UA of blocks as `reading.read` gives them. typst.TypstError when it can't be.

    Args:
        day: when it was published.
        page: which page of how many it is, in words, with {page} and {pages}.

    A character that no built-in font has is shown as a sign that one is missing.
    """
    notice = _whole(
        {
            "title": title,
            "language": language,
            "day": {"year": day.year, "month": day.month, "day": day.day},
            "footer": footer,
            "page": page,
            "blocks": blocks,
        }
    )
    try:
        return _compile(notice)
    except typst.TypstError:
        missing = _without_glyph(sorted(set(_texts(notice))))
        if not missing:
            raise
    return _compile(_replaced(notice, dict.fromkeys(map(ord, missing), NOT_SHOWN)))


def _compile(notice: Any) -> bytes:
    source: Any = SOURCE.read_bytes()  # the types want source and folders to be of one kind
    with TemporaryDirectory() as folder:
        empty = Path(folder)
        return typst.compile(
            source,
            root=empty,
            format="pdf",
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            package_path=empty,
            package_cache_path=empty,
            sys_inputs={"notice": json.dumps(notice)},
        )


def _without_glyph(characters: list[str]) -> list[str]:
    """Return those of the characters that no font has, by halves."""
    paragraphs = [{"kind": "paragraph", "inline": [f"a{each}a"]} for each in characters]
    day = {"year": 2000, "month": 1, "day": 1}
    trial = {"title": "a", "language": "fi", "day": day, "footer": "", "page": ""}
    try:
        _compile({**trial, "blocks": paragraphs})
    except typst.TypstError:
        if len(characters) == 1:
            return characters
        half = len(characters) // 2
        return [*_without_glyph(characters[:half]), *_without_glyph(characters[half:])]
    return []


def _whole(value: Any) -> Any:
    """Return the value without what no text in the file can have, as halves of characters."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode().translate(DISALLOWED)
    if isinstance(value, dict):
        return {key: _whole(each) for key, each in value.items()}
    return [_whole(each) for each in value] if isinstance(value, list) else value


def _replaced(value: Any, table: dict[int, str]) -> Any:
    """Return the value with characters of its texts replaced, but for the addresses of links."""
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, dict):
        return {key: each if key == "to" else _replaced(each, table) for key, each in value.items()}
    return [_replaced(each, table) for each in value] if isinstance(value, list) else value


def _texts(value: Any) -> str:
    """Return all that is written anywhere in the value."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "".join(map(_texts, value.values()))
    return "".join(map(_texts, value)) if isinstance(value, list) else ""
