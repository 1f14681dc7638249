"""Forms of ordered services and notes."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from register.models import Client, Note, Office, Service, ServiceOrder
from register.permissions import standing, visible

from .base import EncryptedTextField, RegisterForm, confirmation

LONGEST_VALIDITY = timedelta(days=5 * 366)
ORDER_FIELDS = (
    "service",
    "specification",
    "manner",
    "office",
    "starts_on",
    "planned_end",
    "price",
)


class OrderFields(RegisterForm):
    """The fields of an ordered service, shared by the order's form and the new client's."""

    specification = EncryptedTextField(
        label=_("Specification"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only what the service needs. Never sent to billing."),
    )
    already_over = confirmation(_("The dates are right: let it be erased"))

    def set_choices(self, order: ServiceOrder) -> None:
        """Offer the services and offices in use, and what the order already has."""
        for name, model, chosen in (
            ("service", Service, order.service_id),
            ("office", Office, order.office_id),
        ):
            rows = visible(model, to=self.by)
            offered = rows.filter(active=True) | rows.filter(pk=chosen)
            self.fields[name].queryset = offered  # type: ignore[attr-defined]
        self.fields["price"].required = False
        self.fields["price"].help_text = _("Left empty: the price in the catalogue.")
        self.fields["planned_end"].help_text = _(
            "The service is valid until this day. The retention period is counted from the end."
        )

    def check_dates(self) -> None:
        """Refuse dates that can't be, and ask about those that mean erasure on the next night."""
        starts_on = self.cleaned_data.get("starts_on")
        planned_end = self.cleaned_data.get("planned_end")
        actual_end = self.cleaned_data.get("actual_end")
        if starts_on and planned_end and planned_end < starts_on:
            self.add_error(
                "planned_end", _("The service can't be valid only until before it starts.")
            )
        if starts_on and actual_end and actual_end < starts_on:
            self.add_error("actual_end", _("The service can't end before it starts."))
        if planned_end and planned_end > self.today + LONGEST_VALIDITY:
            self.add_error("planned_end", _("The date is too far away: is the year right?"))
        if actual_end and actual_end > self.today:
            self.add_error(
                "actual_end", _("The end can't be in the future: change the validity instead.")
            )
        self.ask_about_erasure(actual_end or planned_end)

    def ask_about_erasure(self, end: date | None) -> None:
        if end and end < date(self.today.year, 1, 1) and not self.errors:
            self.ask(
                "already_over",
                _(
                    "A service that ended in an earlier year is erased with its notes on the next "
                    "night. Tick here if that is what you want."
                ),
            )

    def fill_price(self) -> None:
        """Take the catalogue's price when none was typed."""
        service = self.cleaned_data.get("service")
        if service and self.cleaned_data.get("price") is None and "price" not in self.errors:
            self.cleaned_data["price"] = service.price


class ServiceOrderForm(OrderFields):
    """An ordered service of a client who is given, not chosen."""

    fieldsets = (
        (_("Service"), ("service", "specification", "manner", "office", "price")),
        (_("Time"), ("starts_on", "planned_end", "actual_end", "already_over")),
    )

    class Meta(RegisterForm.Meta):
        model = ServiceOrder
        fields = ["service", "manner", "office", "price", "starts_on", "planned_end", "actual_end"]

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices(self.instance)
        if self.instance._state.adding:
            self.instance.client = client
            self.instance.counsellor = standing(self.by).staff_member
            self.initial.setdefault("starts_on", self.today)
            del self.fields["actual_end"]
        else:
            self.initial["specification"] = self.instance.specification

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.check_dates()
        self.fill_price()
        if "specification" in self.cleaned_data:
            self.instance.specification = self.cleaned_data["specification"]
        return self.cleaned_data


class NoteForm(RegisterForm):
    """A note on an order that is given, not chosen."""

    text = EncryptedTextField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Only what the guidance needs. Stored encrypted."),
    )

    class Meta(RegisterForm.Meta):
        model = Note
        fields = ["met_on", "basis"]
        widgets = {"basis": forms.RadioSelect}

    def __init__(self, *args: Any, order: ServiceOrder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.instance.order = order
            self.instance.author = standing(self.by).staff_member
            self.initial.setdefault("met_on", self.today)
        else:
            self.initial["text"] = self.instance.text

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

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        self.instance.text = text
        return text
