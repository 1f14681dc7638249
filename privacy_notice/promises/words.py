"""A sentence with counts and days in it, said in whatever language is on when it is read."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format


class Words:
    """A translatable text and what goes into it; never anything of a person.

    Args:
        text: of `gettext_lazy`, or of `ngettext_lazy` with the name of its number.
        values: counts, days and other lazy texts by their names in the text.
    """

    def __init__(self, text: Any, **values: Any) -> None:
        self.text, self.values = text, values

    def __str__(self) -> str:
        return str(self.text % {name: _shown(value) for name, value in self.values.items()})


def in_each_language(parts: list[Words]) -> dict[str, str]:
    """Return the sentences in every language of the site, by its code."""
    told = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            told[language] = " ".join(str(part) for part in parts)
    return told


def _shown(value: Any) -> Any:
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    return value if isinstance(value, int) else str(value)
