"""The base of every form: fields as staff expect them, in groups, for values that survive."""

from copy import copy
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from phonenumber_field.modelfields import PhoneNumberField

from register.access.standing import User
from register.db.encryption import Encrypted, Unreadable
from register.domain.operations import saved_once
from register.reference.clock import today
from register.text.form_fields import Lines

from .inputs import AmountField, DayField, PhoneField
from .seen import SeenField
from .unchanged import KeepsUnchanged

# The hidden field by which one form that adds is told from all others.
WORD = "form_word"

# A field of a model, and what it is on a form.
FIELDS = {
    models.DateField: DayField,
    models.DecimalField: AmountField,
    PhoneNumberField: PhoneField,
}


def form_field(field: "models.Field[Any, Any]", **kwargs: Any) -> Any:
    """Return the form field of a model field, as staff expect it."""
    if type(field) in FIELDS:
        kwargs["form_class"] = FIELDS[type(field)]
    if isinstance(field, models.DecimalField):
        # Finns write 120,50.
        kwargs["localize"] = True
    return field.formfield(**kwargs)


class RegisterForm(KeepsUnchanged):
    """A form that knows who fills it in, and which version of the row that person saw.

    It gives the wanted values to a verb and touches no row: what it validates is a copy.

    Attributes:
        fieldsets: (heading, field names) pairs, in the order shown.
        by: the person.
        today: the date of the request.
    """

    fieldsets: tuple[tuple[Any, tuple[str, ...]], ...] = ()
    required_css_class = "required"

    class Meta:
        formfield_callback = form_field

    def __init__(self, *, by: User, instance: Any = None, **kwargs: Any) -> None:
        self.by = by
        self.today = today()
        super().__init__(instance=copy(instance), **kwargs)
        if not self.instance._state.adding:
            for name, field in self.fields.items():
                field.show_hidden_initial = not isinstance(field.widget, forms.PasswordInput)
                if isinstance(field, EncryptedTextField):
                    self.show_text(name, field)
            self.fields["seen"] = SeenField(self.instance, by=by)
        else:
            self.fields[WORD] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=saved_once.new_word
            )

    @property
    def seen(self) -> int:
        """The version of the row that the person saw."""
        version: int = self.cleaned_data["seen"]
        return version

    def values(self, *names: str) -> dict[str, Any]:
        """Return the wanted values of these fields by name; of all of the form's row by default.

        A field that is only shown has none.
        """
        return {
            name: self.cleaned_data[name]
            for name in names or self.row_fields
            if name in self.cleaned_data and not self.fields[name].disabled
        }

    @property
    def row_fields(self) -> tuple[str, ...]:
        """The fields that are values of the row itself."""
        return tuple(self._meta.fields or ()) + tuple(
            name for name, field in self.fields.items() if isinstance(field, EncryptedTextField)
        )

    def show_text(self, name: str, field: "EncryptedTextField") -> None:
        """Fill in a text that is stored encrypted. One that can't be read is locked, and says so.

        Locked is also what the page did not show: it could not be read then, and was not sent.
        """
        text = getattr(self.instance, name)
        unreadable = isinstance(text, Unreadable)
        if unreadable or (self.is_bound and self.add_prefix(name) not in self.data):
            field.disabled, field.required, field.show_hidden_initial = True, False, False
        if unreadable:
            field.help_text = _("%(unreadable)s It stays as it is, and the main user is told.") % {
                "unreadable": text
            }
        else:
            self.initial.setdefault(name, text)

    @property
    def hidden_initials(self) -> list[Any]:
        """What the person saw, field by field, so that a later save tells what was changed."""
        return [
            bound.as_hidden(only_initial=True) for bound in self if bound.field.show_hidden_initial
        ]

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


class EncryptedTextField(Lines):
    """A text area for a value that the model stores encrypted."""

    def __init__(self, attribute: Encrypted, **kwargs: Any) -> None:
        """Take the longest text from the model's own attribute."""
        area = forms.Textarea(attrs={"rows": 6})
        super().__init__(**{"widget": area, "max_length": attribute.max_length, **kwargs})


def confirmation(label: Any) -> forms.BooleanField:
    """Return a box that stays hidden until `RegisterForm.ask` needs it."""
    return forms.BooleanField(label=label, required=False, widget=forms.HiddenInput)
