"""Municipalities by their names: as they are typed, and as an older list of clients has them (C12).

A former name is read as the municipality that its whole area became a part of. Beside those of
the data, the table below has some from before 2015, each with the decision that says so. One whose
area was divided, such as Ruotsinpyhtää, is in neither: its people may live in two places today.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from register.reference.clock import today
from register.reference.municipalities import municipalities
from register.text.folding import for_search, without_accents

LONGEST_NAME = 60  # characters that are compared with the names
ALIKE = 0.75  # of a name, from 0 to 1
MOST_NAMES = 3  # that are offered for one that is none


class Found(NamedTuple):
    """A municipality that was named: its code, and what it was called if that is no more."""

    code: str
    former: str


# Former names, the Finnish name of the present one, and the source.
BEFORE_2015 = (
    # Government decision 677/2003, in force on 1 January 2005.
    (("Peräseinäjoki",), "Seinäjoki"),
    # Government decision 480/2008, in force on 1 January 2009.
    (("Hauho", "Kalvola", "Lammi", "Renko", "Tuulos"), "Hämeenlinna"),
    # The city's own account of the merger of 1 January 2009.
    (("Anjalankoski", "Elimäki", "Jaala", "Kuusankoski", "Valkeala"), "Kouvola"),
    # Government decision 292/2009, in force on 1 January 2010.
    (("Liljendal", "Pernaja", "Pernå"), "Loviisa"),
    # Government decision 303/2012, in force on 1 January 2013.
    (("Vähäkyrö", "Lillkyro"), "Vaasa"),
)


def find(name: str) -> Found | None:
    """Return the municipality of a Finnish or Swedish name, or None: it is not guessed."""
    return _by_name().get(for_search(name))


@cache
def _by_name() -> dict[str, Found]:
    # Present ones last: a name that a present and a former one have is the present one's.
    return {for_search(name): found for name, found in [*_former(), *_present()]}


def _present() -> Iterator[tuple[str, Found]]:
    for code, each in municipalities().items():
        if each.valid_until is None:
            yield from ((name, Found(code, "")) for name in (each.sv, each.fi))


def _former() -> Iterator[tuple[str, Found]]:
    present = {each.fi: code for code, each in municipalities().items() if not each.valid_until}
    for names, heir in BEFORE_2015:
        yield from ((name, Found(present[heir], name)) for name in names)
    for each in municipalities().values():
        if each.valid_until is not None:
            yield from ((name, Found(_heir(each.successor), name)) for name in (each.sv, each.fi))


def _heir(code: str) -> str:
    """Follow a merger to the municipality that is there today."""
    while municipalities()[code].valid_until is not None:
        code = municipalities()[code].successor
    return code


@cache
def _codes_by_name() -> dict[str, str]:
    """Return folded name to code: Finnish and Swedish, and with å, ä and ö as a and o too.

    A municipality that is there goes before a former one of the same name.
    """
    known: dict[str, str] = {}
    rows = sorted(municipalities().values(), key=lambda row: row.valid_until is not None)
    for fold in (for_search, without_accents):
        for row in rows:
            for name in (row.fi, row.sv):
                known.setdefault(fold(name), row.code)
    return known


def code_of(typed: str) -> str | None:
    """Return the code of the municipality that was typed, by name or by code; None for none."""
    if typed in municipalities():
        return typed
    known = _codes_by_name()
    return known.get(for_search(typed)) or known.get(without_accents(typed))


def names_like(typed: str) -> list[str]:
    """Return names of a few municipalities that may be meant.

    What became of a former one, those whose name begins so, or those that look so.
    """
    if found := find(typed):
        return [municipalities()[found.code].name]
    key = without_accents(typed[:LONGEST_NAME])
    day = today()
    present = {
        without_accents(name): row.name
        for row in municipalities().values()
        if row.exists(day)
        for name in (row.fi, row.sv)
    }
    begun = [name for known, name in present.items() if key and known.startswith(key)]
    alike = get_close_matches(key, present, n=MOST_NAMES, cutoff=ALIKE)
    return list(dict.fromkeys(begun or [present[known] for known in alike]))[:MOST_NAMES]
