"""How long texts may be: what is longer was pasted by mistake, and nobody would read it."""

from collections.abc import Iterator
from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags

from register.text.validators import TOO_LONG

# In characters that a reader sees. The whole notice has some 15 000.
LONGEST_TEXT = 20_000
LONGEST_NOTICE = 100_000


def validate_length(html: Any, limit: int = LONGEST_TEXT) -> None:
    """Refuse a text that is too long, and say by how much."""
    refuse_longer(length(html), limit)


def refuse_longer(count: int, limit: int) -> None:
    if count > limit:
        raise ValidationError(
            TOO_LONG, code="max_length", params={"limit_value": limit, "show_value": count}
        )


def length(html: Any) -> int:
    """Return how many characters a reader sees of a text."""
    return len(unescape(strip_tags(str(getattr(html, "source", html) or ""))))


def texts(sections: Any) -> Iterator[Any]:
    """Yield each text in the sections of a notice."""
    for section in sections:
        for part in section.value["body"]:
            if hasattr(part.value, "source"):
                yield part.value
