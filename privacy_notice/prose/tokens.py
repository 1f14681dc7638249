"""Facts in stored texts: which there are, and whether each prints something.

Apart from the editor's part: models stand on this, and on Wagtail 8 nothing of the editor can be
imported before the models are.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from privacy_notice.prose.inline_facts import printed, table

FEATURE = "fact"
TOKEN = re.compile(r'<embed\b[^>]*\bembedtype="fact"[^>]*>')
NAME = re.compile(r'\bname="([^"]*)"')


def names_in(html: str) -> list[str]:
    """Return the names of the facts that a stored text holds."""
    return [found[1] if (found := NAME.search(each)) else "" for each in TOKEN.findall(html)]


def label(name: str) -> str:
    """Return what an editor calls a fact; the name itself when there is no such fact."""
    known = table().get(name)
    return capfirst(str(known.label)) if known else name


def validate_facts_known(html: Any) -> None:
    """Refuse a text with a fact that prints nothing: its sentence would be a false one."""
    if not (names := names_in(str(getattr(html, "source", html) or ""))):
        return
    missing = _distinct(
        label(name) for name, text in zip(names, printed(names), strict=True) if not text
    )
    if missing:
        raise ValidationError(
            _("Nobody has set what stands here: %(facts)s."),
            code="unknown_fact",
            params={"facts": ", ".join(missing)},
        )


def _distinct(labels: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(labels))
