"""Forms that never repeat a personal identity code."""

from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from .identity_codes import has_code, masked
from .validators import IDENTITY_CODE_REMOVED


def typed_into(data: Any, name: str) -> list[str]:
    """Return what was posted under the name."""
    if isinstance(data, MultiValueDict):
        return [text for text in data.getlist(name) if isinstance(text, str)]
    value = data.get(name)
    return [] if value is None else as_list(value)


def as_list(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]


def is_typed(widget: forms.Widget) -> bool:
    """Whether people write into the control, and what they write is shown."""
    return isinstance(widget, forms.Textarea) or (
        getattr(widget, "input_type", "") in ("text", "email", "tel", "number", "url")
    )


class RefusesIdentityCodes(forms.BaseForm):
    """A form in which a personal identity code is replaced before anything else is done.

    The rest of the text stays in its field, with a word in the code's place, and is not saved
    until a person has looked at it.
    """

    data: Any

    def _clean_fields(self) -> None:
        found = [bound for bound in self if self.holds_code(bound)]
        if found:
            self.data = self.data.copy()
        for bound in found:
            texts = [masked(text) for text in typed_into(self.data, bound.html_name)]
            if isinstance(self.data, MultiValueDict):
                self.data.setlist(bound.html_name, texts)
            else:
                self.data[bound.html_name] = texts[0]
        super()._clean_fields()  # type: ignore[misc]
        for bound in found:
            self.add_error(bound.name, IDENTITY_CODE_REMOVED)

    def holds_code(self, bound: forms.BoundField) -> bool:
        """Whether somebody typed a code into the field."""
        if bound.field.disabled or not is_typed(bound.field.widget):
            return False
        return any(has_code(text) for text in typed_into(self.data, bound.html_name))
