"""Forms of ordered services."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from register.access.gate import may_create, visible
from register.access.standing import User, effective_access
from register.domain.orders.validity import WHY_SO_LONG, needs_reason
from register.domain.staff.deputies import holders
from register.models import Client, Office, Service, ServiceOrder
from register.models.orders import LOCKED_WHEN_BILLED
from register.models.staff import Role
from register.wagtail_admin.base import screens
from register.wagtail_admin.base.forms import EncryptedTextField, RegisterForm
from register.wagtail_admin.base.sensitive import HEALTH, join_lazy

LONGEST_VALIDITY = timedelta(days=5 * 366)
ORDER_FIELDS = (
    "service",
    "specification",
    "manner",
    "office",
    "starts_on",
    "planned_end",
    "long_validity_reason",
    "price",
)


class OrderFields(RegisterForm):
    """The fields of an ordered service, shared by the order's form and the new client's."""

    specification = EncryptedTextField(
        ServiceOrder.specification,
        label=_("Specification"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=join_lazy(_("Only what the service needs. Never sent to billing."), HEALTH),
    )

    long_validity_reason = EncryptedTextField(
        ServiceOrder.long_validity_reason,
        label=_("Why so long"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only when the service is valid for more than two years from today."),
    )

    def set_choices(self, order: ServiceOrder) -> None:
        """Offer the services and offices in use, and what the order already has."""
        for name, model, chosen in (
            ("service", Service, order.service_id),
            ("office", Office, order.office_id),
        ):
            rows: QuerySet[Any] = visible(model, to=self.by, today=self.today)
            offered = rows.filter(active=True) | rows.filter(pk=chosen)
            self.fields[name].queryset = offered  # type: ignore[attr-defined]
            if not offered.exists():
                self.fields[name].help_text = nothing_to_choose(model, by=self.by, today=self.today)
        self.fields["price"].required = False
        self.fields["price"].help_text = _("Left empty: the price in the catalogue.")
        self.fields["planned_end"].help_text = _(
            "The service is valid until this day. The retention period is counted from the end."
        )

    def check_dates(self) -> None:
        """Refuse dates that can't be. What means erasure by the next run is asked by the view."""
        starts_on = self.cleaned_data.get("starts_on")
        planned_end = self.cleaned_data.get("planned_end")
        actual_end = self.cleaned_data.get("actual_end")
        if starts_on and planned_end and planned_end < starts_on:
            self.add_error(
                "planned_end", _("The service can't be valid only until before it starts.")
            )
        if starts_on and actual_end and actual_end < starts_on:
            self.add_error("actual_end", _("The service can't end before it starts."))
        far = self.today + LONGEST_VALIDITY
        if planned_end and planned_end > far and self.touched("planned_end"):
            self.add_error("planned_end", _("The date is too far away: is the year right?"))
        elif planned_end and self.touched("planned_end"):
            self.ask_reason(planned_end)
        if actual_end and actual_end > self.today and self.touched("actual_end"):
            self.add_error(
                "actual_end", _("The end can't be in the future: change the validity instead.")
            )

    def ask_reason(self, planned_end: date) -> None:
        """Ask why the service is valid for so long, where it is."""
        given = self.cleaned_data.get("long_validity_reason")
        if needs_reason(planned_end, today=self.today) and not given:
            self.add_error("long_validity_reason", WHY_SO_LONG)

    def fill_price(self) -> None:
        """Take the catalogue's price when none was typed."""
        service = self.cleaned_data.get("service")
        if service and self.cleaned_data.get("price") is None and "price" not in self.errors:
            self.cleaned_data["price"] = service.price


class ServiceOrderForm(OrderFields):
    """An ordered service of a client who is given, not chosen."""

    fieldsets = (
        (_("Service"), ("service", "specification", "manner", "office", "price")),
        (_("Time"), ("starts_on", "planned_end", "long_validity_reason", "actual_end")),
    )

    class Meta(RegisterForm.Meta):
        model = ServiceOrder
        fields = ["service", "manner", "office", "price", "starts_on", "planned_end", "actual_end"]

    def __init__(self, client: Client, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.set_choices(self.instance)
        self.is_billed = not self.instance._state.adding and self.instance.is_billed
        if self.is_billed:
            self.lock_what_billing_has()
        if self.instance._state.adding:
            self.instance.client = client
            self.instance.counsellor = effective_access(self.by, today=self.today).staff_member
            self.initial.setdefault("starts_on", self.today)
            del self.fields["actual_end"]

    def lock_what_billing_has(self) -> None:
        """Show what billing has, and take nothing for it.

        What a page shows that was open before the export is taken, and refused if it differs.
        """
        for name in LOCKED_WHEN_BILLED:
            field = self.fields.get(name)
            if field and not (self.is_bound and self.add_prefix(name) in self.data):
                field.disabled, field.show_hidden_initial = True, False
                field.help_text = ""

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.check_dates()
        self.fill_price()
        return self.cleaned_data


def nothing_to_choose(model: type[Service | Office], *, by: User, today: date) -> str:
    """Return who adds what can't be chosen yet: a main user by name, or whoever asks."""
    if may_create(by, model, today=today):
        return format_html(
            '{} <a href="{}">{}</a>',
            _("There is nothing to choose yet."),
            screens.address(model, "create"),
            _("Add it first"),
        )
    names = ", ".join(member.name for member in holders(Role.MAIN_USER, today=today))
    return _("There is nothing to choose yet. Ask a main user to add it: %(names)s.") % {
        "names": names or "–"
    }
