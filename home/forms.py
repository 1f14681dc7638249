"""The form that a visitor fills in, built from the editor's questions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.forms import BaseForm, FormBuilder

from register.domain.feedback import LONGEST_ANSWER
from register.text.form_fields import Lines
from register.text.masking import RefusesIdentityCodes
from register.text.validators import TOO_LONG, says_something, text_rules
from register.text.visible import is_visible

# The field beside the questions: what the page gave its form, so that a double click is one answer.
SENDING = "form_sending"
LONGEST_LINE = 255  # characters
ANSWER_KINDS = [
    ("multiline", _("Text of several lines")),
    ("singleline", _("Text of one line")),
    ("radio", _("One of the choices")),
    ("checkboxes", _("Any of the choices")),
    ("checkbox", _("Yes or no")),
]
REQUIRED = _("Answer this question.")


class AnswerField(Lines):
    """Free text of limited length, and nothing of it lost when it is too long.

    A line break counts as one character, as its writer counts, though browsers send two.
    """

    def __init__(self, *, one_line: bool, **options: Any) -> None:
        super().__init__(**options)
        self.validators += text_rules(one_line=one_line, required=self.required)

    def to_python(self, value: Any) -> str:
        """Return what was answered; what nobody can see is no answer."""
        text = str(super().to_python(value) or "")
        return text if is_visible(text) else ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave `maxlength` out: a browser cuts what is pasted beyond it without a word."""
        attributes = super().widget_attrs(widget)
        attributes.pop("maxlength", None)
        return attributes


class FeedbackForm(RefusesIdentityCodes, BaseForm):
    def answers(self) -> list[list[str]]:
        """Return [question, answer] of each answered question, in the form's order."""
        pairs = [
            [str(field.label), self._as_text(self.cleaned_data.get(name))]
            for name, field in self.fields.items()
        ]
        return [pair for pair in pairs if pair[1]]

    @property
    def sending(self) -> str:
        """What the page gave its form at random; "" when the post holds none."""
        return str(self.data.get(SENDING, ""))

    def _as_text(self, value: Any) -> str:
        if isinstance(value, bool):
            return str(_("Yes")) if value else ""
        return ", ".join(value) if isinstance(value, list) else str(value or "")

    def clean(self) -> dict[str, Any]:
        """Refuse a form without a single answer."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(says_something(text) for _question, text in self.answers()):
            raise forms.ValidationError(_("Answer at least one question before you send the form."))
        return cleaned


class FeedbackFormBuilder(FormBuilder):
    """Wagtail's builder with the register's limits on what is typed."""

    def create_singleline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return self._text(options, one_line=True, longest=LONGEST_LINE)

    def create_multiline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        options["widget"] = forms.Textarea(attrs={"rows": 7})
        return self._text(options, one_line=False, longest=LONGEST_ANSWER)

    def _text(self, options: dict[str, Any], *, one_line: bool, longest: int) -> forms.Field:
        options["error_messages"] = {**options["error_messages"], "max_length": TOO_LONG}
        return AnswerField(one_line=one_line, max_length=longest, **options)

    def get_field_options(self, field: Any) -> dict[str, Any]:
        options: dict[str, Any] = super().get_field_options(field)
        options["error_messages"] = {"required": REQUIRED}
        return options

    def get_form_class(self) -> type[FeedbackForm]:
        return type("QuestionsForm", (FeedbackForm,), self.formfields)
