"""Which version of a row a person saw: a hidden, signed field of every form that changes one.

Signed for the row and the person, so that it also proves that the person saw a row which is
erased by the time the form comes back.
"""

from typing import Any

from django import forms
from django.core.signing import BadSignature, Signer
from django.db.models import Model

from register.access.standing import User

SIGNER = Signer(salt="register.seen")


def seal(instance: Any, *, by: User) -> str:
    """Return the signed version of the row, for one person."""
    # What is never changed has no version, and is seen as it is.
    version = getattr(instance, "version", 1)
    return SIGNER.sign_object([instance._meta.label, str(instance.pk), by.pk, version])


# The version of one who saw none: older than all, so that whatever is saved is compared first.
NEVER = 0


def opened(sealed: str, *, model: type[Model], key: Any, by: User) -> int:
    """Return the version that this person saw of this row; NEVER when the seal is not theirs."""
    try:
        label, pk, person, version = SIGNER.unsign_object(sealed)
    except (BadSignature, ValueError):
        return NEVER
    theirs = (label, pk, person) == (model._meta.label, str(key), by.pk)
    return int(version) if theirs else NEVER


class SeenField(forms.CharField):
    """The version that the form was made from; cleaned, it is a number."""

    widget = forms.HiddenInput

    def __init__(self, instance: Any, *, by: User) -> None:
        super().__init__(required=False, initial=seal(instance, by=by))
        self.model, self.key, self.by = type(instance), instance.pk, by

    def clean(self, value: Any) -> Any:
        return opened(value or "", model=self.model, key=self.key, by=self.by)
