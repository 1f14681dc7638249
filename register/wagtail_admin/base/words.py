"""Values as a person reads them: dates as they are written here, choices by their labels."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from itertools import takewhile
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Model
from django.http import QueryDict
from django.utils.dateparse import parse_duration
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from phonenumber_field.phonenumber import PhoneNumber

from register.conf import NEVER, SETTINGS
from register.domain.access_log.history import fields_of
from register.domain.access_log.settings_changed import UNTOLD
from register.models import Client
from register.models.staff import Role
from register.reference.clock import local
from register.text import amounts, phone_numbers
from register.text.identity_codes import masked

NOTHING = "–"
HIDDEN = "•••"
LONGEST_EXCERPT = 60  # characters
BEFORE_PARTING = 30  # characters of what both texts have, to recognise the place by


def in_words(field: forms.Field, value: Any) -> str:
    """Return a form field's cleaned value in words; a password is never shown."""
    if isinstance(field.widget, forms.PasswordInput):
        return HIDDEN if value else NOTHING
    if isinstance(field, forms.ModelChoiceField):
        # The key of a row that is no choice any more says nothing to anybody.
        return str(field.label_from_instance(value)) if isinstance(value, Model) else NOTHING
    labels = {str(key): label for key, label in getattr(field, "choices", ())}
    if isinstance(value, list):
        chosen = {str(each) for each in value}
        return ", ".join(str(labels[key]) for key in labels if key in chosen) or NOTHING
    return plain(labels.get(str(value), value) if value else value)


def plain(value: Any) -> str:
    """Return a value in words: nothing as a dash, the rest as it is written in the language."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, Decimal):
        return amounts.written(value)
    if isinstance(value, PhoneNumber):
        return phone_numbers.written(value)
    return str(value)


def moment(at: datetime) -> str:
    """Return a point in time as it is said: 26.11.2026 klo 14.02."""
    return _("%(day)s at %(time)s") % {
        "day": date_format(local(at), "SHORT_DATE_FORMAT"),
        "time": date_format(local(at), "TIME_FORMAT"),
    }


def excerpts(one: str, other: str) -> tuple[str, str]:
    """Return both texts cut to a few words around the place where they part."""
    one, other = " ".join(one.split()), " ".join(other.split())
    if max(len(one), len(other)) <= LONGEST_EXCERPT:
        return one, other
    parting = len(commonprefix(one, other))
    start = max(0, parting - BEFORE_PARTING)
    if start:
        start = one.find(" ", start, parting) + 1 or start
    return cut(one, start, parting), cut(other, start, parting)


def commonprefix(one: str, other: str) -> str:
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(character for character, _same in alike)


def cut(text: str, start: int, parting: int) -> str:
    """Return the text from `start` on, ending after a word that lies beyond `parting`."""
    end = start + LONGEST_EXCERPT
    if len(text) > end:
        space = text.rfind(" ", parting + 1, end)
        text = f"{text[: space if space > 0 else end]}…"
    return f"…{text[start:]}" if start else text


def given_back(fields: dict[str, forms.Field], data: QueryDict) -> list[tuple[str, str]]:
    """Return (label, text) of all that was typed into a form that can't be saved any more."""
    return [
        (str(capfirst(str(field.label))), masked(in_words(field, understood(field, typed))))
        for name, field in fields.items()
        if not field.widget.is_hidden
        and not isinstance(field.widget, forms.PasswordInput)
        and (typed := field.widget.value_from_datadict(data, {}, name))
    ]


def understood(field: forms.Field, typed: Any) -> Any:
    """Return the value that was meant, or what was typed where that is none."""
    try:
        return field.clean(typed)
    except ValidationError:
        return typed


def label_of(model: type[Model], name: str) -> str:
    """Return what people call a field of the model, or of a member's account.

    A field that is not there any more, but is in an old entry of the log, has its name only.
    """
    for meta in (model._meta, get_user_model()._meta):
        with suppress(FieldDoesNotExist):
            return str(getattr(meta.get_field(name), "verbose_name", name))
    return name


def changes_in_words(model: type[Model], details: Mapping[str, Any]) -> str:
    """Return which fields were changed, and roles before and after (C33, C35).

    Args:
        details: what the log of use and the history keep of a change.
    """
    told = [label_of(model, name) for name in fields_of(details) if name != "roles"]
    if "roles" in details:
        sets = [details[key] for key in ("roles_before", "roles") if key in details]
        told.append(f"{_('Roles')}: {' → '.join(map(roles_in_words, sets))}")
    if "days" in details:
        sets = [details[key] for key in ("days_before", "days")]
        told.append(" → ".join(map(times_in_words, sets)))
    if "settings" in details:
        told += [setting_in_words(*each) for each in sorted(details["settings"].items())]
    if "searched" in details:
        told.append(search_in_words(model, details))
    return str(capfirst(", ".join(told)))


def times_in_words(times: Collection[str]) -> str:
    """Return the days of an absence, as `register.domain.staff.absences` notes them (C34)."""
    both = (each.partition("/")[::2] for each in times)
    told = (
        "–".join(plain(date.fromisoformat(day)) if day else "" for day in days) for days in both
    )
    return ", ".join(told) or NOTHING


def setting_in_words(name: str, both: Collection[str]) -> str:
    """Return what a setting decides, with old and new; of what is untold, that it changed (C38).

    A setting that is not there any more, but is in an old entry of the log, has its name only.
    """
    label = str(SETTINGS[name].decides).removesuffix(".") if name in SETTINGS else name
    if name in UNTOLD:
        return _("%(setting)s: was changed") % {"setting": label}
    return f"{label}: {' → '.join(map(value_in_words, both))}"


def value_in_words(told: str | None) -> str:
    """Return a setting's value, as `register.domain.access_log.settings_changed` notes it."""
    if told in ("True", "False"):
        return plain(told == "True")
    if told == NEVER:
        return _("never")
    length = parse_duration(told) if told and ":" in told else None
    if length is None:
        return plain(told)
    hours, seconds = divmod(length.seconds, 60 * 60)
    minutes, seconds = divmod(seconds, 60)
    parts = [
        (length.days, ngettext("%(num)d day", "%(num)d days", length.days)),
        (hours, ngettext("%(num)d hour", "%(num)d hours", hours)),
        (minutes, ngettext("%(num)d minute", "%(num)d minutes", minutes)),
        (seconds, ngettext("%(num)d second", "%(num)d seconds", seconds)),
    ]
    return " ".join(words % {"num": number} for number, words in parts if number) or "0"


# What a search asks, by the end of its lookup; other ends are fields with names of their own.
SEARCHED = {
    "search_key": _lazy("name and contact details"),
    "sort_key": _lazy("name"),
    "who": _lazy("user name"),
    "client": _lazy("client"),
    "start": _lazy("first day"),
    "end": _lazy("last day"),
}


def search_in_words(model: type[Model], details: Mapping[str, Any]) -> str:
    """Return what was searched by, and how much was found; what was typed nobody keeps (C38)."""
    ends = dict.fromkeys(lookup.rpartition("__")[2] for lookup in details["searched"])
    by = (
        str(SEARCHED.get(end) or label_of(Client if end == "register_number" else model, end))
        for end in ends
    )
    found = {"by": ", ".join(by), "count": details["hits"]}
    return _("by %(by)s; found: %(count)d") % found


def roles_in_words(names: Collection[str]) -> str:
    return ", ".join(str(role.label) for role in Role if role.value in names) or NOTHING
