"""The base of every form: the browser's own dates, fields grouped, no control characters."""

from typing import Any

from django import forms
from django.db import models
from django.utils import timezone

from register.permissions import User
from register.validators import validate_printable

# What a date field of the browser sends, and what a Finn types where there is none.
DATE_FORMAT = "%Y-%m-%d"
DATE_INPUT_FORMATS = (DATE_FORMAT, "%d.%m.%Y")


def form_field(field: models.Field[Any, Any], **kwargs: Any) -> Any:
    """Return the form field of a model field, as staff expect it."""
    if isinstance(field, models.DateField):
        kwargs |= {
            "input_formats": DATE_INPUT_FORMATS,
            "widget": forms.DateInput(format=DATE_FORMAT, attrs={"type": "date"}),
        }
    if isinstance(field, models.DecimalField):
        # Finns write 120,50.
        kwargs["localize"] = True
    return field.formfield(**kwargs)


class RegisterForm(forms.ModelForm[Any]):
    """A form that knows who fills it in.

    Attributes:
        fieldsets: (heading, field names) pairs, in the order shown.
        by: the person.
        today: the date of the request.
    """

    fieldsets: tuple[tuple[Any, tuple[str, ...]], ...] = ()
    required_css_class = "required"

    class Meta:
        formfield_callback = form_field

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        self.by = by
        self.today = timezone.localdate()
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if type(field) is forms.CharField or isinstance(field, EncryptedTextField):
                field.validators.append(validate_printable)

    def ask(self, name: str, question: Any) -> None:
        """Ask for a tick before saving: the hidden box `name` appears with the question."""
        if not self.cleaned_data.get(name):
            self.fields[name].widget = forms.CheckboxInput()
            self.add_error(name, question)

    @property
    def panels(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Return (heading, bound fields) pairs; what no fieldset names comes first."""
        named = {name for _, names in self.fieldsets for name in names}
        rest = [field for field in self.visible_fields() if field.name not in named]
        shown = {field.name: field for field in self.visible_fields()}
        panels: list[tuple[Any, list[forms.BoundField]]] = [("", rest)] if rest else []
        for heading, names in self.fieldsets:
            fields = [shown[name] for name in names if name in shown]
            if fields:
                panels.append((heading, fields))
        return panels


class EncryptedTextField(forms.CharField):
    """A text area for a value that the model stores encrypted."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{"widget": forms.Textarea(attrs={"rows": 6}), "max_length": 20_000, **kwargs}
        )


def confirmation(label: Any) -> forms.BooleanField:
    """Return a box that stays hidden until `RegisterForm.ask` needs it."""
    return forms.BooleanField(label=label, required=False, widget=forms.HiddenInput)
