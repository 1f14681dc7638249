"""Random identifiers that say nothing about a person and are never given twice."""

import re
import secrets

from register.text.normal_form import one_line, with_hyphens

# Crockford's alphabet: no I, L, O or U, so that a number read aloud is typed right.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SYMBOLS = 10
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_register_number() -> str:
    """Return ten random symbols (50 bits) in the form ABCDE-12345."""
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(SYMBOLS))
    return f"{symbols[:5]}-{symbols[5:]}"


def normalise_register_number(typed: str) -> str:
    """Return what a person typed in the stored form; anything else comes back without match."""
    symbols = register_number_symbols(typed)
    return f"{symbols[:5]}-{symbols[5:]}"


def register_number_symbols(typed: str) -> str:
    """Return the symbols of a register number, or of a part of one, as a person typed it."""
    return with_hyphens(typed).upper().translate(MISREAD).replace("-", "").replace(" ", "")


def normalise_business_id(text: str) -> str:
    """Return a Finnish business ID as 1234567-1; what is none comes back in one line (C07)."""
    digits = with_hyphens(text).replace(" ", "").replace("-", "").upper().removeprefix("FI")
    return f"{digits[:7]}-{digits[7:]}" if re.fullmatch("[0-9]{8}", digits) else one_line(text)
