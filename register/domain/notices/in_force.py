"""The privacy notice in force, in the words in which the public reads it (C01, C20).

The notice stands above the register, in the host project: `REGISTER["NOTICE_IN_FORCE"]` names
what tells of it. Without one there is no notice to give to anybody.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import import_string

from register.conf import register_settings


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One kind of data, or one recipient: what it is called, of which fields, for how long."""

    label: str
    fields: tuple[str, ...] = ()
    period: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """What a client is given of the notice, in one language.

    Attributes:
        version: the number of the version in force.
        address: where the public reads it.
        held: what is held about clients, by its kind.
        recipients: who gets what of it.
        processors: who processes it for the company, and in which countries.
    """

    version: int
    address: str
    held: tuple[Told, ...]
    recipients: tuple[Told, ...]
    processors: tuple[Told, ...]


def notice() -> Notice | None:
    """Return the notice in force, in the language that is on; None while there is none."""
    path = register_settings.NOTICE_IN_FORCE
    if not path:
        return None
    tell: Callable[[], Notice | None] = import_string(path)
    return tell()
