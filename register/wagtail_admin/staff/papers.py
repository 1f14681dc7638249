"""Agreement and trainings on a form: what is on file has happened, and says how long it holds."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from register.models.staff import Training


class AsksForPapers:
    """The part of a form that asks for the days of agreement and trainings (C30, C31)."""

    today: date
    cleaned_data: dict[str, Any]
    touched: Any
    add_error: Any

    def clean_agreement_signed_on(self) -> Any:
        return self.not_in_future("agreement_signed_on")

    def clean_law_trained_on(self) -> Any:
        return self.not_in_future("law_trained_on")

    def clean_practices_trained_on(self) -> Any:
        return self.not_in_future("practices_trained_on")

    def not_in_future(self, name: str) -> Any:
        value = self.cleaned_data[name]
        if value and value > self.today:
            raise ValidationError(_("The date can't be in the future."))
        return value

    def clean(self) -> dict[str, Any]:
        super().clean()  # type: ignore[misc]
        data = self.cleaned_data
        for training in Training:
            held, until = training.held_on, training.valid_until
            if not self.touched(held, until):
                continue
            if data.get(held) and not data.get(until):
                self.add_error(until, _("Say how long the training is valid."))
            if data.get(until) and not data.get(held):
                self.add_error(held, _("Say when the training was held."))
        return data
