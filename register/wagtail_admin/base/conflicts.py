"""Two people change one row: the second sees whose change, when, and both values.

Nothing that was typed is lost. A field that only the other person changed takes the new value;
one that both changed keeps what was typed. Nothing is saved before the person has looked.
"""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.access.standing import User
from register.db.encryption import ENCRYPTED_SUFFIX
from register.domain.access_log.history import FieldChange, changes_since

from .seen import seal
from .unchanged import as_sent
from .words import excerpts, in_words, label_of, moment

CHANGED_MEANWHILE = gettext_lazy(
    "Somebody changed this meanwhile, and nothing was saved yet. "
    "Look at the marked fields and save again."
)


def rebase(stale: Any, fresh: Any, *, row: Any, by: User) -> QueryDict:
    """Return what was posted, laid upon the row as it is now.

    Args:
        stale: the bound form that came too late.
        fresh: an unbound form of the row as it is now.
    """
    data: QueryDict = stale.data.copy()
    data["seen"] = seal(row, by=by)
    typed = set(stale.changed_data)
    for bound in fresh:
        if not bound.field.show_hidden_initial:
            continue
        now = as_sent(bound.field, bound.value())
        data.setlist(bound.html_initial_name, now)
        if bound.name not in typed:
            data.setlist(bound.html_name, now)
    return data


def tell(shown: Any, stale: Any, fresh: Any, *, row: Any, seen: int) -> bool:
    """Say beside each field what somebody else made of it, and what the person's page says.

    Args:
        shown: the form that is shown again, from `rebase`.
        stale: the form that came too late.
        fresh: an unbound form of the row as it is now.
        seen: the version that the person saw.

    Returns whether there was anything to tell: two may have made the same of it.
    """
    told = False
    for column, change in changes_since(row, version=seen).items():
        name = column.removesuffix(ENCRYPTED_SUFFIX)
        field = fresh.fields.get(name)
        if field is None or isinstance(field.widget, forms.PasswordInput):
            complaint = without_values(change, label=label_of(type(row), column))
            shown.add_error(name if field else None, complaint)
            told = True
            continue
        now = in_words(field, value_now(fresh[name]))
        own = in_words(stale.fields[name], stale.cleaned_data.get(name))
        if now != own:
            typed = name in stale.changed_data
            shown.add_error(name, with_values(change, now=now, own=own, typed=typed))
            told = True
    return told


def value_now(bound: forms.BoundField) -> Any:
    """Return the value of an unbound form's field, as cleaning it would."""
    return bound.field.to_python(bound.initial)


def with_values(change: FieldChange, *, now: str, own: str, typed: bool) -> str:
    """Return what is said beside a field; long texts are cut to where they part."""
    text = (
        _(
            "%(who)s changed this on %(when)s: the register now says “%(now)s”, "
            "and you entered “%(own)s”."
        )
        if typed
        else _(
            "%(who)s changed this on %(when)s: the register now says “%(now)s”, "
            "and your page still said “%(own)s”."
        )
    )
    now, own = excerpts(now, own)
    return text % {"who": who(change), "when": moment(change.at), "now": now, "own": own}


def without_values(change: FieldChange, *, label: str) -> str:
    """Return what is said of a password, and above the form of what it has no field for."""
    return _("%(who)s changed “%(field)s” on %(when)s.") % {
        "who": who(change),
        "when": moment(change.at),
        "field": capfirst(label),
    }


def who(change: FieldChange) -> str:
    return change.actor or _("The system")
