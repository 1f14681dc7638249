"""Which promises there are: one declaration a clause, in the module of its chapter.

A check looks at the running system and never at a constant, and says in one sentence what it
found. What it can't see is confirmed by a person; what is not built yet is named.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.utils.translation import gettext_lazy as _

from privacy_notice.models.states import State
from privacy_notice.promises.links import Link
from privacy_notice.promises.looking import Look
from privacy_notice.promises.words import Words

# The notice's own sections, in its order, by the module that looks at their promises.
CHAPTERS: dict[str, Any] = {
    "name": _("The register's name"),
    "about": _("What the register is"),
    "controller": _("Who we are"),
    "data": _("What data we process and why"),
    "sources": _("Where the data comes from"),
    "recipients": _("To whom data is disclosed"),
    "protection": _("How the data is protected"),
    "retention": _("How long data is kept"),
    "rights": _("What rights you have"),
    "contact": _("Contact person"),
    "breaches": _("Personal data breaches"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found, in one sentence."""

    state: State
    words: Words


def kept(text: Any, **values: Any) -> Found:
    return Found(State.KEPT, Words(text, **values))


def broken(text: Any, **values: Any) -> Found:
    return Found(State.BROKEN, Words(text, **values))


def nothing_yet(text: Any = None) -> Found:
    """There is nothing yet to look at, so nothing is shown to be kept."""
    return Found(State.NOT_YET, Words(text or _("There is no material yet.")))


Check = Callable[[Look], Found]


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """One clause of the notice, as it is watched.

    Attributes:
        clause: its id in docs/clauses.md.
        chapter: the key of its chapter in CHAPTERS.
        title: what is promised, in a few words.
        check: looks at the running system; None where there is nothing to look at.
        seen_at: where a person can see it.
        missing: what is not built yet of it, and keeps it from being kept.
        by_hand: what a person confirms, in sentences.
    """

    clause: str
    chapter: str
    title: Any
    check: Check | None
    seen_at: Link
    missing: Any = None
    by_hand: tuple[Any, ...] = ()

    @property
    def standing(self) -> str:
        """How docs/clauses.md has to put it."""
        if self.missing:
            return "partly" if self.check else "not yet"
        return "by hand" if self.by_hand else "kept"


_declared: dict[str, Promise] = {}


def promise(
    clause: str, title: Any, *, seen_at: Link, missing: Any = None, by_hand: tuple[Any, ...] = ()
) -> Callable[[Check], Check]:
    """Declare the decorated check as the one that looks at the clause."""

    def declare(check: Check) -> Check:
        _declare(
            clause,
            Promise(
                clause=clause,
                chapter=check.__module__.rpartition(".")[2],
                title=title,
                check=check,
                seen_at=seen_at,
                missing=missing,
                by_hand=by_hand,
            ),
        )
        return check

    return declare


def not_built(
    chapter: str,
    clause: str,
    title: Any,
    *,
    missing: Any,
    seen_at: Link,
    by_hand: tuple[Any, ...] = (),
) -> None:
    """Declare a clause of which there is nothing to look at yet, and what is missing."""
    _declare(
        clause,
        Promise(
            clause=clause,
            chapter=chapter.rpartition(".")[2],
            title=title,
            check=None,
            seen_at=seen_at,
            missing=missing,
            by_hand=by_hand,
        ),
    )


def promises() -> dict[str, Promise]:
    """Return all promises by clause, in the order of the notice's chapters."""
    for chapter in CHAPTERS:
        import_module(f"{__package__}.{chapter}")
    order = {chapter: place for place, chapter in enumerate(CHAPTERS)}
    return dict(sorted(_declared.items(), key=lambda item: (order[item[1].chapter], item[0])))


def _declare(clause: str, declared: Promise) -> None:
    if clause in _declared:
        raise ValueError(f"{clause} is declared twice.")
    _declared[clause] = declared
