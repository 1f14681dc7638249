"""Random identifiers that say nothing about a person and are never given twice."""

import secrets

# Crockford's alphabet: no I, L, O or U, so that a number read aloud is typed right.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_register_number() -> str:
    """Return ten random symbols (50 bits) in the form ABCDE-12345."""
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(10))
    return f"{symbols[:5]}-{symbols[5:]}"


def normalise_register_number(typed: str) -> str:
    """Return what a person typed in the stored form; anything else comes back without match."""
    symbols = typed.upper().translate(MISREAD).replace("-", "").replace(" ", "")
    return f"{symbols[:5]}-{symbols[5:]}"
