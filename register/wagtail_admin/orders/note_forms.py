"""The form of a note."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from register.access.standing import effective_access
from register.models import Note, ServiceOrder
from register.wagtail_admin.base.forms import EncryptedTextField, RegisterForm
from register.wagtail_admin.base.sensitive import HEALTH, join_lazy


class NoteForm(RegisterForm):
    """A note on an order that is given, not chosen."""

    text = EncryptedTextField(
        Note.text,
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=join_lazy(_("Only what the guidance needs. Stored encrypted."), HEALTH),
    )

    class Meta(RegisterForm.Meta):
        model = Note
        fields = ["met_on", "basis"]
        widgets = {"basis": forms.RadioSelect}

    def __init__(self, order: ServiceOrder, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if self.instance._state.adding:
            self.instance.order = order
            self.instance.author = effective_access(self.by, today=self.today).staff_member
            self.initial.setdefault("met_on", self.today)

    def clean_met_on(self) -> date:
        met_on: date = self.cleaned_data["met_on"]
        order = self.instance.order
        if met_on > self.today:
            raise ValidationError(_("The meeting can't be in the future."))
        if met_on < order.starts_on:
            raise ValidationError(_("The meeting can't be before the service starts."))
        if order.actual_end and met_on > order.actual_end:
            raise ValidationError(_("The meeting can't be after the service has ended."))
        return met_on
