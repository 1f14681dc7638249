"""The field for the home municipality: typed, with the names offered meanwhile (C12).

A browser's own list, so that it works without script: it searches the Finnish and the Swedish
names. What was typed is read as leniently as it is searched for elsewhere.
"""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from register.reference.clock import today
from register.reference.municipalities import municipalities, municipality_choices
from register.text.municipality_names import code_of, names_like

CODE = re.compile(r"\d{3}")


class MunicipalityInput(forms.TextInput):
    """A line that offers the municipalities of today. The value is a code, and shown as a name."""

    template_name = "register/admin/widgets/municipality.html"

    def format_value(self, value: Any) -> str | None:
        known = municipalities().get(value or "")
        return super().format_value(str(known) if known else value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        day, swedish = today(), get_language() == "sv"
        context["offered"] = [
            (row.sv, row.fi) if swedish else (row.fi, row.sv)
            for row in municipalities().values()
            if row.exists(day)
        ]
        context["list_id"] = f"{context['widget']['attrs'].get('id', name)}-names"
        context["widget"]["attrs"]["list"] = context["list_id"]
        return context


class HiddenMunicipalityInput(forms.HiddenInput):
    def format_value(self, value: Any) -> str | None:
        return MunicipalityInput().format_value(value)


class MunicipalityField(forms.CharField):
    """A municipality by its name in Finnish or Swedish; cleaned, it is the code."""

    widget = MunicipalityInput
    hidden_widget = HiddenMunicipalityInput
    default_error_messages = {
        "invalid": _("There is no municipality of this name in Finland."),
        "like": _(
            "There is no municipality of this name in Finland. Is it one of these: %(names)s?"
        ),
    }

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Codes with their names, by which the value is told in words."""
        return municipality_choices()

    def to_python(self, value: Any) -> str:
        typed = str(super().to_python(value))
        if typed in self.empty_values or CODE.fullmatch(typed):
            return typed
        return code_of(typed) or self.shown_as(typed) or self.refuse(typed)

    def shown_as(self, typed: str) -> str:
        """Return the code of a former municipality that is written as a form shows it, or ""."""
        shown = {label: code for code, label in municipality_choices()}
        return shown.get(typed, "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and value not in municipalities():
            self.refuse(value)

    def refuse(self, typed: str) -> str:
        names = names_like(typed)
        raise ValidationError(
            self.error_messages["like" if names else "invalid"],
            code="invalid",
            params={"names": ", ".join(names)},
        )
