"""The head of the log of use as a code on paper, by which a client's paper speaks of it (C38).

Whatever is printed of somebody's data carries the code of the newest seal of its moment. Whoever
writes the log anew, with database, private folder and keys, can't write the paper anew.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from register.domain.access_log.sealing import newest
from register.domain.access_log.verifying import beginning
from register.files import checkpoints
from register.models import Seal
from register.text.identifiers import ALPHABET, register_number_symbols

DIGITS = 15  # hexadecimal, of the head: 60 bits
SYMBOLS = 12  # of 32 each, the same 60 bits
PART = 4


class Told(StrEnum):
    """What the log says to a code."""

    THERE = "there"
    ERASED = "erased"
    CONTRADICTED = "contradicted"
    GIVEN_UP = "given up"
    UNKNOWN = "unknown"
    NO_CODE = "no code"


WORDS: dict[Told, Promise] = {
    Told.THERE: gettext_lazy("The log contains the head of the paper: seal %(seal)d, %(moment)s."),
    Told.ERASED: gettext_lazy(
        "Seal %(seal)d is that of the paper. It was erased when its time was over, as a newer seal "
        "says."
    ),
    Told.CONTRADICTED: gettext_lazy(
        "The paper contradicts the log: its head is written down outside as seal %(seal)d, where "
        "the log has another one or none."
    ),
    Told.GIVEN_UP: gettext_lazy(
        "The head of the paper is that of seal %(seal)d, which was given up when a database was "
        "restored, as a seal says."
    ),
    Told.UNKNOWN: gettext_lazy(
        "The paper contradicts the log: neither the log nor what is written down outside has its "
        "head. Look whether the code was read right."
    ),
    Told.NO_CODE: gettext_lazy("This is no code: it has twelve letters and digits."),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, and which seal it is about."""

    told: Told
    seal: int = 0
    moment: str = ""

    def __str__(self) -> str:
        return str(WORDS[self.told]) % {"seal": self.seal, "moment": self.moment}

    @property
    def contradicts(self) -> bool:
        return self.told in (Told.CONTRADICTED, Told.UNKNOWN, Told.NO_CODE)


def now() -> str:
    """Return the code of the newest head; "" before anything was sealed."""
    seal = newest()
    return code_of(seal.head) if seal else ""


def code_of(head: str) -> str:
    """Return the code of a head, as it is printed: ABCD-EFGH-1234."""
    number = int(head[:DIGITS], 16)
    symbols = "".join(ALPHABET[number >> 5 * place & 31] for place in range(SYMBOLS - 1, -1, -1))
    return "-".join(symbols[at : at + PART] for at in range(0, SYMBOLS, PART))


def beginning_of(code: str) -> str | None:
    """Return with what the head begins, as hexadecimal digits; None where that is no code."""
    symbols = register_number_symbols(code)
    if len(symbols) != SYMBOLS or not set(symbols) <= set(ALPHABET):
        return None
    number = 0
    for symbol in symbols:
        number = number << 5 | ALPHABET.index(symbol)
    return f"{number:0{DIGITS}x}"


def look_up(code: str) -> Answer:
    """Return what the log says to the code on a paper."""
    prefix = beginning_of(code)
    if prefix is None:
        return Answer(Told.NO_CODE)
    seal = Seal.objects.filter(head__startswith=prefix).first()
    if seal:
        return Answer(Told.THERE, seal.position, f"{seal.sealed_at:%Y-%m-%d %H:%M} UTC")
    written = next(
        (position for position, head in checkpoints.read() if head.startswith(prefix)), None
    )
    if written is None:
        return Answer(Told.UNKNOWN)
    if written <= beginning().position:
        return Answer(Told.ERASED, written)
    if _was_given_up(written):
        return Answer(Told.GIVEN_UP, written)
    return Answer(Told.CONTRADICTED, written)


def _was_given_up(position: int) -> bool:
    """Whether a restored database has a seal which says that later ones were given up."""
    restores = Seal.objects.filter(kind="restore", position__lte=position, replaced__gte=position)
    return restores.exists()
