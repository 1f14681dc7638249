"""Log-in names: what is typed, and what two of them have in common."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from register.text.normal_form import with_hyphens
from register.text.person_names import LONGEST_KEY
from register.text.scripts import mixes_scripts


def normal_login_name(typed: str) -> str:
    """Return a log-in name as it is stored: as Django does (NFKC), and with nothing invisible."""
    return with_hyphens(unicodedata.normalize("NFKC", with_hyphens(typed)))


def login_key(name: str) -> str:
    """Return what log-in names are compared by: capitals and other widths make no difference."""
    return normal_login_name(normal_login_name(name).casefold())[:LONGEST_KEY]


def validate_login_name(name: str) -> None:
    """Refuse a log-in name that reads as another one does."""
    if mixes_scripts(name):
        raise ValidationError(
            _(
                "The user name has letters that look alike but are of different alphabets, such "
                "as a Cyrillic letter among Latin ones. Type it anew."
            )
        )
