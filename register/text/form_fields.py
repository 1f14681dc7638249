"""Fields of forms whose text is in its one form before anything checks it."""

from collections.abc import Callable
from typing import Any

from django import forms

from register.text.identifiers import normalise_business_id
from register.text.normal_form import lines, one_line
from register.text.validators import validate_not_pasted_row, validate_printable
from register.text.websites import bare_host


class InOneForm(forms.CharField):
    """A text in one form: its length and its content are checked after that."""

    normal: Callable[[str], str] = staticmethod(lines)
    default_validators = [validate_printable]

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return (self.normal(text) or self.empty_value) if isinstance(text, str) else text


class Lines(InOneForm):
    """A text of several lines."""


class Line(InOneForm):
    """A text of one line. A row of a table is told by the tabs that one line would lose."""

    normal = staticmethod(one_line)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and "\t" in value.strip():
            validate_not_pasted_row(value.strip())
        return super().to_python(value)


class Email(Line, forms.EmailField):
    """An e-mail address."""

    default_validators = [*forms.EmailField.default_validators, validate_printable]


class BusinessId(Line):
    """A business ID however it is written, such as with another dash or with blanks."""

    normal = staticmethod(normalise_business_id)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave `maxlength` out: a browser would cut what is pasted before it is understood."""
        attributes = super().widget_attrs(widget)
        attributes.pop("maxlength", None)
        return attributes


class Host(BusinessId):
    """The host of a website, whatever address is pasted."""

    normal = staticmethod(bare_host)
