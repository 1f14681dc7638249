"""What changed between two texts, as a reader sees it: passage by passage, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from html.parser import HTMLParser

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

HEADINGS = frozenset({"h1", "h2"})
PASSAGES = HEADINGS | {"h3", "p", "li", "dt", "dd", "th", "td"}
LEFT_OUT = frozenset({"nav"})  # a list of the headings, which are compared in their places
# Of two passages that have less than this in common, each is shown whole.
ALIKE = 0.5
WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Kind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"
    CHANGED = "changed"


@dataclass(frozen=True)
class Passage:
    """A paragraph, a point of a list, a cell; `under` is the heading of its section."""

    text: str
    under: str


@dataclass(frozen=True)
class Change:
    kind: Kind
    html: SafeString


@dataclass
class Section:
    """What changed under one heading."""

    heading: str
    changes: list[Change] = field(default_factory=list)


def compare(old: str, new: str) -> list[Section]:
    """Return the sections of two pieces of HTML in which something differs, in reading order."""
    before, after = passages(old), passages(new)
    sections: list[Section] = []
    for heading, change in _changes(before, after):
        if not sections or sections[-1].heading != heading:
            sections.append(Section(heading))
        sections[-1].changes.append(change)
    return sections


def passages(html: str) -> list[Passage]:
    """Return the passages of the HTML, one after the other, without empty ones."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def _changes(before: list[Passage], after: list[Passage]) -> Iterator[tuple[str, Change]]:
    matcher = SequenceMatcher(
        None, [each.text for each in before], [each.text for each in after], autojunk=False
    )
    for what, first, last, start, end in matcher.get_opcodes():
        if what == "equal":
            continue
        removed, added = before[first:last], after[start:end]
        if len(removed) == len(added):
            for one, other in zip(removed, added, strict=True):
                yield other.under, Change(Kind.CHANGED, _words(one.text, other.text))
            continue
        for each in removed:
            yield each.under, Change(Kind.REMOVED, format_html("<del>{}</del>", each.text))
        for each in added:
            yield each.under, Change(Kind.ADDED, format_html("<ins>{}</ins>", each.text))


def _words(old: str, new: str) -> SafeString:
    """Return one passage with the words that went and came."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    parts: list[tuple[SafeString]] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        return format_html("<del>{}</del> <ins>{}</ins>", old, new)
    for _what, first, last, start, end in matcher.get_opcodes():
        removed, added = "".join(before[first:last]), "".join(after[start:end])
        if removed == added:
            parts.append((format_html("{}", added),))
            continue
        if removed:
            parts.append((format_html("<del>{}</del>", removed),))
        if added:
            parts.append((format_html("<ins>{}</ins>", added),))
    return format_html_join("", "{}", parts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Passage] = []
        self.heading = ""
        self.text: list[str] = []
        self.left_out = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.left_out += tag in LEFT_OUT
        if tag in PASSAGES:
            self._end("")

    def handle_endtag(self, tag: str) -> None:
        if tag in PASSAGES:
            self._end(tag)
        self.left_out -= tag in LEFT_OUT

    def handle_data(self, data: str) -> None:
        if not self.left_out:
            self.text.append(data)

    def close(self) -> None:
        super().close()
        self._end("")

    def _end(self, tag: str) -> None:
        text = " ".join("".join(self.text).split())
        self.text = []
        if not text:
            return
        if tag in HEADINGS:
            self.heading = text
        self.found.append(Passage(text, self.heading))
