"""What may stand in an entry of `REGISTER`: each says of a value whether it can be used."""

import base64
import binascii
from calendar import monthrange
from collections.abc import Mapping
from datetime import timedelta
from os import PathLike
from pathlib import Path
from re import fullmatch
from typing import Any

from pyrage import RecipientError, x25519

KEY_BYTES = 32
KEY_ID = r"[a-z0-9-]{1,30}"
DOTTED = r"[a-z_]\w*(\.[A-Za-z_]\w*)+"
LOOK_ALIKE = str.maketrans("0i1", "oll", "-")
LEAP_YEAR = 2024
# What law and notice leave to the owner (O8): nothing is kept for longer than this.
MOST_YEARS = 10
# What the notice can state, and of which data (O11, O19); as the inventory calls them.
BASES = ("consent", "legitimate_interest", "contract", "legal_obligation")
KINDS_OF_DATA = (
    "identity",
    "service",
    "content",
    "feedback",
    "bookkeeping",
    "protection",
    "staff",
    "log",
)
# Whose data a host's own model may hold. A client's is declared in the inventory field by field,
# or nothing could erase it.
SUBJECTS = ("nobody", "staff")


def is_dotted_path_or_nothing(value: Any) -> bool:
    return isinstance(value, str) and (not value or bool(fullmatch(DOTTED, value)))


def is_absolute_path(value: Any) -> bool:
    return isinstance(value, str | PathLike) and Path(value).is_absolute()


def is_recipient(value: Any) -> bool:
    """Whether it is a public key of age."""
    try:
        x25519.Recipient.from_str(value)
    except (RecipientError, TypeError):
        return False
    return True


def is_key(value: Any) -> bool:
    """Whether it is an encryption key: 32 bytes in base64."""
    try:
        return len(base64.b64decode(value, validate=True)) == KEY_BYTES
    except (binascii.Error, TypeError, ValueError):
        return False


def are_keys(value: Any) -> bool:
    """Whether it is at least one key by its id, all of them different, in id and in key.

    A stored value begins with the id and a dot, and databases differ in whether capitals count.
    """
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(is_key_id(key_id) and is_key(value[key_id]) for key_id in value)
        and len({looks(key_id) for key_id in value}) == len(value)
        and len({base64.b64decode(key) for key in value.values()}) == len(value)
    )


def is_key_id(value: Any) -> bool:
    """Whether it is the id of an encryption key."""
    return isinstance(value, str) and bool(fullmatch(KEY_ID, value))


def looks(key_id: str) -> str:
    """Return what a person sees of a key's id: 1 and l, or 0 and o, are easily taken for one."""
    return key_id.translate(LOOK_ALIKE)


def is_day_of_the_year(value: Any) -> bool:
    """Whether it is a (month, day) that exists, if only in a leap year."""
    match value:
        case (int(month), int(day)) if 1 <= month <= 12:
            return 1 <= day <= monthrange(LEAP_YEAR, month)[1]
    return False


def are_models(value: Any) -> bool:
    """Whether it is a list of models and apps by whose data they hold."""
    return isinstance(value, Mapping) and all(
        subject in SUBJECTS
        and isinstance(value[subject], list | tuple)
        and all(isinstance(name, str) for name in value[subject])
        for subject in value
    )


def are_bases(value: Any) -> bool:
    """Whether it is a list of legal bases by the kind of data that rests on them."""
    return isinstance(value, Mapping) and all(
        kind in KINDS_OF_DATA
        and isinstance(value[kind], list | tuple)
        and bool(value[kind])
        and all(basis in BASES for basis in value[kind])
        for kind in value
    )


def is_number_of_years(value: Any) -> bool:
    return type(value) is int and 1 <= value <= MOST_YEARS


def is_time(value: Any) -> bool:
    return isinstance(value, timedelta) and value > timedelta(0)


def is_time_or_none_at_all(value: Any) -> bool:
    return isinstance(value, timedelta) and value >= timedelta(0)
