"""What somebody who searches wants to find: each word, wherever it stands."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from register.text.identifiers import ALPHABET, SYMBOLS, register_number_symbols
from register.text.normal_form import with_hyphens
from register.text.phone_digits import typed_digits

# A number may be written with blanks and the like between its digits, and is one word.
NUMBER = r"(?<!\S)[+(]{0,2}\d(?:[ ()./-]*\d)*(?!\S)"
SEPARATORS = str.maketrans(",;", "  ")
WORD = re.compile(rf"({NUMBER})|(\S+)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of a search.

    Attributes:
        text: as it was typed.
        is_number: whether it is of digits and what stands between them.
    """

    text: str
    is_number: bool

    def readings(self, fold: Callable[[str], str]) -> set[tuple[str, ...]]:
        """Return what may be meant: in each reading, parts that must all be found in a key."""
        if self.is_number:
            return {(typed_digits(self.text),)}
        parts = tuple(fold(self.text).split())
        numbers = self.symbols if self.looks_like_a_register_number else set()
        return ({parts} if parts else set()) | {(each.lower(),) for each in numbers}

    @property
    def looks_like_a_register_number(self) -> bool:
        """Whether it has a digit or all ten symbols: "Olli" is a name, though it may read 0111."""
        has_digit = any(each.isdecimal() for each in self.text)
        return has_digit or any(len(each) == SYMBOLS for each in self.symbols)

    @property
    def symbols(self) -> set[str]:
        """The symbols of the register number, or of the part of one, that may be meant."""
        symbols = register_number_symbols(self.text)
        return {symbols} if symbols and set(symbols) <= set(ALPHABET) else set()


def wanted(query: str) -> list[Wanted]:
    """Return the words of what was typed into a search box."""
    return [
        Wanted(text=number or word, is_number=bool(number))
        for number, word in WORD.findall(with_hyphens(query).translate(SEPARATORS))
    ]
