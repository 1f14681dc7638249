"""Forms that keep what was not changed, and lose nothing that was typed.

A field that comes back as it was shown is not read again: the row's own value stays, fit or not,
as it does where a verb saves. So no rule of a form can turn one value into another.
"""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from phonenumber_field.formfields import PhoneNumberField

from register.text.masking import RefusesIdentityCodes, is_typed, typed_into
from register.text.validators import TOO_LONG, text_rules

from .generic import ModelForm

LINE_BREAK = re.compile(r"\r\n?|\n")


def as_sent(field: forms.Field, value: Any) -> list[str]:
    """Return a field's value as a browser would send it."""
    if value is None or value is False:
        return []
    if value is True:
        return ["on"]
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    formatted = field.widget.format_value(value)
    if isinstance(formatted, list | tuple):
        return [str(each) for each in formatted]
    return [] if formatted is None else [str(formatted)]


def through_browser(widget: forms.Widget, sent: list[str]) -> list[str]:
    """Return what is the same to a browser: it has line breaks of its own, and none in a line."""
    if isinstance(widget, forms.Textarea):
        sent = [LINE_BREAK.sub("\n", text) for text in sent]
    elif is_typed(widget):
        sent = [LINE_BREAK.sub("", text) for text in sent]
        if isinstance(widget, forms.EmailInput):
            sent = [text.strip(" \t\f") for text in sent]
    return sorted(text for text in sent if text)


class KeepsUnchanged(RefusesIdentityCodes, ModelForm):
    """A form of a row. One that adds a row has nothing to keep yet."""

    untouched: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            # A browser cuts what is pasted beyond it without a word.
            field.widget.attrs.pop("maxlength", None)
            if isinstance(field, forms.CharField) and is_typed(field.widget):
                field.error_messages["max_length"] = TOO_LONG
                if not isinstance(field, PhoneNumberField):
                    field.validators += text_rules(
                        one_line=not isinstance(field.widget, forms.Textarea),
                        # An address of nothing but signs is refused as an address.
                        required=field.required and not isinstance(field, forms.EmailField),
                    )

    def _clean_fields(self) -> None:
        if not self.instance._state.adding:
            self.untouched = frozenset(bound.name for bound in self if self.is_untouched(bound))
        self.cleaned_data |= {name: self.stored(name) for name in self.untouched}
        super()._clean_fields()

    def is_untouched(self, bound: forms.BoundField) -> bool:
        """Whether a field of the row was sent as the row's own value is shown."""
        widget = bound.field.widget
        if bound.name not in self.initial or isinstance(widget, forms.PasswordInput):
            return False
        shown = as_sent(bound.field, bound.field.prepare_value(bound.initial))
        sent = typed_into(self.data, bound.html_name)
        return through_browser(widget, sent) == through_browser(widget, shown)

    def stored(self, name: str) -> Any:
        """Return the row's own value of a field."""
        try:
            self._meta.model._meta.get_field(name)
        except FieldDoesNotExist:
            return self.initial[name]
        return getattr(self.instance, name)

    def touched(self, *names: str) -> bool:
        """Whether one of these fields was sent with another value than was shown."""
        return any(name in self.fields and name not in self.untouched for name in names)

    def holds_code(self, bound: forms.BoundField) -> bool:
        return bound.name not in self.untouched and super().holds_code(bound)

    def _bound_items(self) -> Iterator[tuple[str, forms.BoundField]]:
        """Leave out what was not touched: it is neither cleaned nor counted as changed."""
        for name, bound in super()._bound_items():  # type: ignore[misc]
            if name not in self.untouched:
                yield name, bound

    def _get_validation_exclusions(self) -> set[str]:
        exclude: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclude | self.untouched
