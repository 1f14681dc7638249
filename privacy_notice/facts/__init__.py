"""What the notice says of data and company, read from inventory and settings (C05–C25, C44, C45).

Nothing here repeats a fact of the inventory: a field declared there appears on the page, and a
row is said to be kept for as long as the engine keeps it.

Each function gives what one block shows: strings, numbers, lists and dicts in the language that is
on, which can be stored with a published version and compared with another day's.
"""

from .company import controller
from .data import categories, recipients
from .periods import period, retention
from .processors import processors
from .purposes import purposes
from .words import PUBLIC_LABELS, label

__all__ = [
    "PUBLIC_LABELS",
    "categories",
    "controller",
    "label",
    "period",
    "processors",
    "purposes",
    "recipients",
    "retention",
]
