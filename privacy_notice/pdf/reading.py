"""What stands in the notice's HTML, as headings, paragraphs, lists and tables of plain text (C01).

The result is data, strings in dicts and lists: no text of the notice ever becomes source that a
typesetter would read as commands.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

Block = dict[str, Any]
Inline = list[Any]  # of strings, and of dicts with a kind

HEADING = re.compile(r"h([1-6])")
LEFT_OUT = frozenset({"nav", "script", "style", "template"})
GROUPS = frozenset({"[document]", "article", "div", "header", "main", "section"})
BLOCKS = GROUPS | {"dl", "ol", "p", "table", "ul"} | {f"h{level}" for level in range(1, 7)}
STYLES = {"b": "strong", "strong": "strong", "th": "strong", "em": "emph", "i": "emph"}
BREAK: Block = {"kind": "break", "inline": []}
# What repeats a column's heading in each cell, where a table is no table any more.
ON_NARROW_SCREENS = "cell-label"
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
LONGEST_ADDRESS = 2000
# A no-break space is no blank: it keeps a number with its unit.
BLANKS = re.compile(r"[ \t\r\n\f]+")


def read(html: str, *, address: str) -> list[Block]:
    """Return the blocks of the HTML in reading order, without its list of contents.

    Args:
        address: the page's own, to which the addresses in it are relative.
    """
    return _in_order(list(_blocks(BeautifulSoup(html, "html.parser"), address)))


def _in_order(blocks: list[Block]) -> list[Block]:
    """Let no heading skip a level: whoever moves by headings would miss something."""
    level = 0
    for block in blocks:
        if block["kind"] == "heading":
            level = block["level"] = min(block["level"], level + 1)
    return blocks


def _blocks(parent: Tag, address: str) -> Iterator[Block]:
    loose: Inline = []
    for child in parent.children:
        name = child.name if isinstance(child, Tag) else ""
        if name in LEFT_OUT:
            continue
        if name not in BLOCKS:
            loose += _inline(child, address)
            continue
        yield from _paragraph(loose)
        loose = []
        yield from _block(child, address)  # type: ignore[arg-type]
    yield from _paragraph(loose)


def _block(tag: Tag, address: str) -> Iterator[Block]:
    heading = HEADING.fullmatch(tag.name)
    if heading:
        if inline := _within(tag, address):
            yield {"kind": "heading", "level": int(heading[1]), "inline": inline}
    elif tag.name in ("ul", "ol"):
        items = [[*_blocks(each, address)] for each in tag.find_all("li", recursive=False)]
        if items := [each for each in items if each]:
            yield {"kind": "list", "ordered": tag.name == "ol", "items": items}
    elif tag.name == "dl":
        yield from _terms(tag, address)
    elif tag.name == "table":
        yield from _table(tag, address)
    elif tag.name == "p":
        yield from _paragraph(_within(tag, address))
    else:
        yield from _blocks(tag, address)


def _paragraph(inline: Inline) -> Iterator[Block]:
    if inline := _trimmed(inline):
        yield {"kind": "paragraph", "inline": inline}


def _terms(tag: Tag, address: str) -> Iterator[Block]:
    items: list[dict[str, Any]] = []
    for each in tag.find_all(["dt", "dd"]):
        if each.name == "dt":
            items.append({"term": _within(each, address), "told": []})
        elif items:
            items[-1]["told"].append(_within(each, address))
    if items:
        yield {"kind": "terms", "items": items}


def _table(tag: Tag, address: str) -> Iterator[Block]:
    rows = [
        [_cell(cell, address) for cell in row.find_all(["th", "td"])] for row in tag.find_all("tr")
    ]
    if rows := [row for row in rows if row]:
        width = max(map(len, rows))
        padded = [row + [[]] * (width - len(row)) for row in rows]
        yield {"kind": "table", "head": padded[0], "rows": padded[1:]}


def _cell(tag: Tag, address: str) -> Inline:
    inline = _within(tag, address)
    return [{"kind": "strong", "inline": inline}] if tag.name == "th" and inline else inline


def _within(tag: Tag, address: str) -> Inline:
    return _trimmed([part for child in tag.children for part in _inline(child, address)])


def _inline(node: Any, address: str) -> Inline:
    if isinstance(node, PreformattedString):
        return []  # comments and the like
    if isinstance(node, NavigableString):
        return [BLANKS.sub(" ", node)]
    if node.name in LEFT_OUT or ON_NARROW_SCREENS in node.get_attribute_list("class"):
        return []
    if node.name == "br":
        return [dict(BREAK)]
    inside = [part for child in node.children for part in _inline(child, address)]
    if node.name == "a" and (to := _target(node.get("href"), address)) and _trimmed(inside):
        return [{"kind": "link", "to": to, "inline": _trimmed(inside)}]
    if node.name == "li":  # of a list in a cell
        return [*_trimmed(inside), dict(BREAK)]
    if node.name in STYLES and inside:
        return [{"kind": STYLES[node.name], "inline": inside}]
    return inside


def _target(href: Any, address: str) -> str:
    """Return where a link leads from outside the page; "" for what is no address."""
    try:
        to = urljoin(address, str(href or ""))
        known = urlsplit(to).scheme in SCHEMES
    except ValueError:
        return ""
    return to if href and known and len(to) <= LONGEST_ADDRESS else ""


def _trimmed(inline: Inline) -> Inline:
    """Return the parts without blanks at the ends, and none when nothing is left."""
    parts = [each for each in inline if each != ""]
    while parts and isinstance(parts[0], str) and not parts[0].lstrip(" "):
        parts.pop(0)
    while parts and (
        parts[-1] == BREAK or (isinstance(parts[-1], str) and not parts[-1].strip(" "))
    ):
        parts.pop()
    if parts and isinstance(parts[0], str):
        parts[0] = parts[0].lstrip(" ")
    if parts and isinstance(parts[-1], str):
        parts[-1] = parts[-1].rstrip(" ")
    return parts
