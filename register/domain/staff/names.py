"""What is typed of a staff member: one form for it, and what is refused."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from register.access.login_names import stored_login_name
from register.domain.access_log.typed import refuse_unwanted
from register.text.login_names import validate_login_name
from register.text.normal_form import one_line
from register.text.scripts import validate_one_script
from register.text.validators import validate_person_name, validate_printable

NAMES = ("username", "first_name", "last_name", "email")


def check_names(user: Any, changed: Collection[str]) -> None:
    """Refuse what belongs into no name. Raises ValidationError by field."""
    refuse_unwanted(user, changed)
    for name in ("first_name", "last_name"):
        if name in changed:
            try:
                validate_person_name(getattr(user, name))
            except ValidationError as error:
                raise ValidationError({name: error}) from None


def in_one_form(**texts: str) -> dict[str, str]:
    """Return the texts in their one form. ValidationError for letters that only look alike.

    Django's own user model is used, whose fields know nothing of it.
    """
    formed = {name: one_line(text) for name, text in texts.items()}
    refusals = {}
    for name, text in formed.items():
        try:
            validate_printable(text)
            validate_one_script(text)
        except ValidationError as error:
            refusals[name] = error
    if refusals:
        raise ValidationError(refusals)
    return formed


def check_login_name(name: str) -> None:
    """Raise ValidationError for a name that reads as another one, or is another account's."""
    try:
        validate_login_name(name)
        if stored_login_name(name) is not None:
            raise ValidationError(_("This user name is taken."))
    except ValidationError as error:
        raise ValidationError({"username": error}) from None
