"""Letters of several scripts that look alike: a Cyrillic а in a Latin name makes another name."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Scripts some of whose letters look like those of another, by how Unicode's names begin.
LOOKING_ALIKE = frozenset({"ARMENIAN", "CHEROKEE", "COPTIC", "CYRILLIC", "GREEK", "LATIN", "LISU"})
WORD = re.compile(r"[^\W\d_]+")


def mixes_scripts(text: str) -> bool:
    """Whether letters of two scripts that look alike stand in one text."""
    letters = unicodedata.normalize("NFKC", text)
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in letters}
    return len(scripts & LOOKING_ALIKE) > 1


def validate_one_script(value: str) -> None:
    """Refuse a word whose letters look alike but are of several scripts; another word may be."""
    if any(mixes_scripts(word) for word in WORD.findall(value)):
        raise ValidationError(
            _(
                "The text has letters that look alike but are of different alphabets, such as a "
                "Cyrillic letter in a Latin word. Type it anew."
            )
        )
