"""The form that a visitor fills in, built from the editor's questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail.contrib.forms.forms import BaseForm, FormBuilder

from register.domain.feedback import LONGEST_ANSWER
from register.validators import validate_printable

LONGEST_LINE = 255  # characters
ANSWER_KINDS = [
    ("multiline", _("Text of several lines")),
    ("singleline", _("Text of one line")),
    ("radio", _("One of the choices")),
    ("checkboxes", _("Any of the choices")),
    ("checkbox", _("Yes or no")),
]
KINDS_WITH_CHOICES = ("radio", "checkboxes")
REQUIRED = _("Answer this question.")
TOO_LONG = ngettext_lazy(
    "The answer can have %(limit_value)d character; yours has %(show_value)d. Shorten it.",
    "The answer can have %(limit_value)d characters; yours has %(show_value)d. Shorten it.",
    "limit_value",
)


class AnswerField(forms.CharField):
    """Free text: printable, of limited length, and nothing of it lost when it is too long."""

    default_validators = [validate_printable]

    def to_python(self, value: Any) -> str:
        """Count a line break as one character, as its writer does, though browsers send two."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave `maxlength` out: a browser cuts what is pasted beyond it without a word."""
        attributes = super().widget_attrs(widget)
        attributes.pop("maxlength", None)
        return attributes


class FeedbackForm(BaseForm):
    def answers(self) -> list[list[str]]:
        """Return [question, answer] of each answered question, in the form's order."""
        pairs = [
            [str(field.label), self._as_text(self.cleaned_data.get(name))]
            for name, field in self.fields.items()
        ]
        return [pair for pair in pairs if pair[1]]

    def _as_text(self, value: Any) -> str:
        if isinstance(value, bool):
            return str(_("Yes")) if value else ""
        return ", ".join(value) if isinstance(value, list) else str(value or "")

    def clean(self) -> dict[str, Any]:
        """Refuse a form without a single answer."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.answers():
            raise forms.ValidationError(_("Answer at least one question before you send the form."))
        return cleaned


class FeedbackFormBuilder(FormBuilder):
    """Wagtail's builder with the register's limits on what is typed."""

    def create_singleline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return self._text(options, longest=LONGEST_LINE)

    def create_multiline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        options["widget"] = forms.Textarea(attrs={"rows": 7})
        return self._text(options, longest=LONGEST_ANSWER)

    def _text(self, options: dict[str, Any], *, longest: int) -> forms.Field:
        options["error_messages"] = {**options["error_messages"], "max_length": TOO_LONG}
        return AnswerField(max_length=longest, **options)

    def get_field_options(self, field: Any) -> dict[str, Any]:
        options: dict[str, Any] = super().get_field_options(field)
        options["error_messages"] = {"required": REQUIRED}
        return options

    def get_form_class(self) -> type[FeedbackForm]:
        return type("QuestionsForm", (FeedbackForm,), self.formfields)
