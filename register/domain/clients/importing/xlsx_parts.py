"""What a spreadsheet's XML tells that its reader does not: what is hidden, merged, or too big.

The archive is unpacked with limits, and packed anew without them, so that the reader gets nothing
that could swell: a file of a few kilobytes may claim gigabytes.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

from register.domain.clients.importing.table import MOST_COLUMNS, MOST_ROWS, too_long
from register.exceptions import FileUnfit

MOST_PARTS = 1000
MOST_UNPACKED = 40 * 1024 * 1024  # bytes
MOST_TEXT = 10 * 1024 * 1024  # characters of all cells
WORKBOOK, STRINGS = "xl/workbook.xml", "xl/sharedStrings.xml"
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


@dataclass(slots=True)
class Notes:
    """What is told of one sheet beside its values; row and column numbers from 1."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[str] = field(default_factory=list)
    without_value: set[int] = field(default_factory=set)


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the XML parts of the archive by name. FileUnfit when it is none, or swells."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = [part.filename for part in parts]
            if len(set(names)) != len(names) or len(parts) > MOST_PARTS:
                raise damaged()
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise swells()
            # Never more than the size that was just added up, whatever is packed.
            unpacked = {
                part.filename: archive.read(part)
                for part in parts
                if part.filename.endswith((".xml", ".rels"))
            }
    # RuntimeError: a password, or a way of packing that is not known here.
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError):
        raise damaged() from None
    if WORKBOOK not in unpacked:
        raise FileUnfit(_("The file is no Excel workbook (.xlsx). Save it as one, or as CSV."))
    return unpacked


def packed(parts: dict[str, bytes]) -> io.BytesIO:
    """Return the parts as an archive that is not compressed."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    file.seek(0)
    return file


def notes_by_sheet(parts: dict[str, bytes]) -> dict[str, Notes]:
    """Return what is told of each sheet, by its name. FileUnfit when one is too big."""
    targets = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("xl", attributes.get("Target", "")))
            targets[attributes.get("Id", "")] = target.removeprefix("/")

    paths: dict[str, str] = {}

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            key = next((attributes[each] for each in attributes if each.endswith("}id")), "")
            paths[attributes.get("name", "")] = targets.get(key, "")

    _walk(parts.get("xl/_rels/workbook.xml.rels", b""), relation)
    _walk(parts[WORKBOOK], sheet)
    lengths = _lengths(parts.get(STRINGS, b""))
    return {
        name: _Sheet(parts[path], lengths).notes if path in parts else Notes()
        for name, path in paths.items()
    }


def damaged() -> FileUnfit:
    return FileUnfit(_("The workbook is damaged. Open it, save it anew and try again."))


def swells() -> FileUnfit:
    return FileUnfit(
        _("Unpacked, the workbook would be too big. Copy the clients into a new one and try again.")
    )


def _lengths(part: bytes) -> list[int]:
    """Return how long each shared text is: one may stand in every cell."""
    lengths: list[int] = []

    def begun(name: str, _attributes: dict[str, str]) -> None:
        if name == "si":
            lengths.append(0)

    def text(characters: str) -> None:
        if lengths:
            lengths[-1] += len(characters)

    _walk(part, begun, text=text)
    return lengths


class _Sheet:
    """Walks one sheet, and knows of each value where it stands."""

    def __init__(self, part: bytes, lengths: list[int]) -> None:
        self.notes, self.lengths = Notes(), lengths
        self.row, self.column = 0, 0
        self.kind, self.value = "", ""
        self.has_formula = self.has_value = self.inside_value = False
        self.text = 0
        self.hidden: list[tuple[int, int]] = []
        _walk(part, self.begun, ended=self.ended, text=self.characters)
        self.notes.hidden_rows &= self.notes.rows
        self.notes.hidden_columns = {
            column
            for column in self.notes.columns
            if any(first <= column <= last for first, last in self.hidden)
        }

    def begun(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.row, self.column = _number(attributes.get("r"), self.row + 1), 0
            if attributes.get("hidden") in ("1", "true"):
                self.notes.hidden_rows.add(self.row)
        elif name == "c":
            self.column += 1
            if match := REFERENCE.fullmatch(attributes.get("r", "")):
                self.column, self.row = _column(match[1]), int(match[2])
            self.kind, self.value = attributes.get("t", ""), ""
            self.has_formula = self.has_value = False
        elif name == "f":
            self.has_formula = True
        elif name in ("v", "t"):
            self.inside_value = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            self.hidden.append(
                (_number(attributes.get("min"), 0), _number(attributes.get("max"), 0))
            )
        elif name == "mergeCell" and REFERENCE.match(attributes.get("ref", "")):
            self.notes.merged.append(attributes["ref"][:20])

    def characters(self, characters: str) -> None:
        if self.inside_value:
            self.value += characters[:20]
            self.has_value = True
            self.text += len(characters)

    def ended(self, name: str) -> None:
        if name in ("v", "t"):
            self.inside_value = False
        elif name == "c":
            self.cell()

    def cell(self) -> None:
        if self.kind == "s" and self.value.isdecimal() and int(self.value) < len(self.lengths):
            self.text += self.lengths[int(self.value)]
        if self.text > MOST_TEXT:
            raise swells()
        if self.has_formula and (not self.has_value or self.kind == "e"):
            self.notes.without_value.add(self.row)
        if self.has_value:
            if self.row > MOST_ROWS:
                raise too_long()
            if self.column > MOST_COLUMNS:
                raise FileUnfit(
                    _("The table has more than %(number)d columns.") % {"number": MOST_COLUMNS}
                )
            self.notes.rows.add(self.row)
            self.notes.columns.add(self.column)


def _walk(
    part: bytes,
    begun: Callable[[str, dict[str, str]], None],
    *,
    ended: Callable[[str], None] = lambda name: None,
    text: Callable[[str], None] = lambda characters: None,
) -> None:
    """Tell the elements of an XML part, by their names without namespace.

    One with a document type is refused: nothing in a workbook needs entities, and they can swell.
    """
    if not part:
        return
    parser = expat.ParserCreate(namespace_separator="}")

    def doctype(*_arguments: object) -> None:
        raise damaged()

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = lambda name, attributes: begun(_local(name), attributes)
    parser.EndElementHandler = lambda name: ended(_local(name))
    parser.CharacterDataHandler = text
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise damaged() from None


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _number(text: str | None, otherwise: int) -> int:
    return (
        int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else otherwise
    )


def _column(letters: str) -> int:
    number = 0
    for each in letters:
        number = number * 26 + ord(each) - ord("A") + 1
    return number
