"""What a condition of the register is, whom it is told to, and what a look at it finds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Flag, IntEnum, auto
from typing import TypeAlias

from django.db.models import Model
from django.utils.functional import Promise

Words: TypeAlias = str | Promise


class Level(IntEnum):
    """How it is: a warning is told to people only, what is wrong to the monitor as well."""

    WELL = 0
    WARNING = 1
    WRONG = 2


class Audience(Flag):
    """Who is told of a condition.

    MONITOR: `/healthz`, and the line or banner of the main user's home page.
    ADMINISTRATOR: `manage.py doctor`, which names what to do about it.
    MAIN_USER: the checklist of the first day, on the home page.
    """

    MONITOR = auto()
    ADMINISTRATOR = auto()
    MAIN_USER = auto()


@dataclass(frozen=True, slots=True)
class Finding:
    """What a condition found.

    Attributes:
        level: how it is.
        value: what was measured: seconds, a count, bytes, or None where nothing was.
        limit: the value from or up to which it is well, where there is one.
        told: what is wrong when it is, in a sentence for people.
        details: which ones exactly, by names that an administrator knows; never a person's.
    """

    level: Level
    value: float | None = None
    limit: float | None = None
    told: str = ""
    details: tuple[str, ...] = ()


Look = Callable[[datetime], Finding]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One line of the table.

    Attributes:
        look: finds out how it is, given the moment.
        title: what it is about, in a few words.
        mend: what to do where it is not well, in a sentence for whoever can do it.
        audience: who is told.
        needs_database: whether the look asks the database.
        in_checks: whether `check --deploy` looks too: it asks neither database nor network.
        model: whose screen the main user does it on, for a line of the first day.
    """

    look: Look
    title: Words
    mend: Words = ""
    audience: Audience = Audience.MONITOR | Audience.ADMINISTRATOR
    needs_database: bool = True
    in_checks: bool = False
    model: type[Model] | None = None


def well_if(holds: bool) -> Level:
    return Level.WELL if holds else Level.WRONG
