"""What the acts on an order ask for: a day, a reason, a fee (C16)."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from register.models import ServiceOrder
from register.text.form_fields import Lines
from register.wagtail_admin.base.inputs import AmountField, DayField

# The fields that the order's columns come from.
COLUMNS = {
    "actual_end": "on",
    "cancelled_on": "on",
    "long_validity_reason": "reason",
    "long_validity_reason_encrypted": "reason",
    "planned_end": "until",
    "price": "fee",
}


class ActForm(forms.Form):
    """A form of an act: the domain verb judges what is filled in."""

    required_css_class = "required"

    def __init__(self, *args: Any, order: ServiceOrder, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order, self.today = order, today
        if "on" in self.fields:
            self.initial.setdefault("on", today)

    def values(self) -> dict[str, Any] | None:
        """Return what is filled in, or filled in already; None where something is missing."""
        if not self.is_bound:
            fields = self.fields.items()
            values = {name: self.get_initial_for_field(field, name) for name, field in fields}
        else:
            values = dict(self.cleaned_data)
        missing = [name for name in ("on", "until") if name in self.fields and not values.get(name)]
        return None if missing or (self.is_bound and self.errors) else values

    def complain(self, error: ValidationError) -> None:
        """Put what the verb says of the order's columns beside the fields that they come from."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, complaints in error.error_dict.items():
            field = COLUMNS.get(name, name)
            self.add_error(field if field in self.fields else None, complaints)


class ProlongForm(ActForm):
    until = DayField(label=_("Valid until"))
    reason = Lines(
        label=_("Why so long"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only when the service is valid for more than two years from today."),
    )


class EndForm(ActForm):
    on = DayField(label=_("Ended on"))


class CancelForm(ActForm):
    on = DayField(label=_("Cancelled on"))
    fee = AmountField(
        label=_("Fee (€)"),
        required=False,
        min_value=0,
        max_digits=9,
        decimal_places=2,
        localize=True,
        help_text=_("Left empty: nothing is billed."),
    )


class ReopenForm(ActForm):
    """Nothing is asked."""
