"""Forms of clients."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from register.access.standing import effective_access
from register.domain.clients import counsellors, duplicates
from register.models import Client, ServiceOrder, StaffMember
from register.wagtail_admin.base.forms import RegisterForm, confirmation
from register.wagtail_admin.clients.assignment_forms import CounsellorField
from register.wagtail_admin.clients.municipality import MunicipalityField
from register.wagtail_admin.orders.forms import ORDER_FIELDS, OrderFields

CLIENT_FIELDS = ("name", "email", "phone", "home_municipality", "birth_year")


class ClientForm(RegisterForm):
    """The five facts of a client (C09–C13). Asks before a likely duplicate is saved."""

    home_municipality = MunicipalityField(
        label=_("Home municipality"),
        required=False,
        help_text=_("Type the beginning, in Finnish or Swedish. It may be left empty."),
    )
    not_a_duplicate = confirmation(_("This is another person: save anyway"))
    fieldsets: Any = ((_("Client"), (*CLIENT_FIELDS, "not_a_duplicate")),)

    class Meta(RegisterForm.Meta):
        model = Client
        fields = CLIENT_FIELDS

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name in CLIENT_FIELDS:
            # A shared computer must not remember clients.
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors and self.touched(*CLIENT_FIELDS):
            self.ask_about_duplicates()
        return self.cleaned_data

    def ask_about_duplicates(self) -> None:
        """Warn of likely duplicates among one's own clients only; of others one is told nothing."""
        facts = {name: self.cleaned_data[name] for name in CLIENT_FIELDS}
        found = duplicates.own_duplicates(
            client=Client(pk=self.instance.pk, **facts), by=self.by, today=self.today
        )
        if found:
            names = ", ".join(f"{client.name} ({client.register_number})" for client in found)
            self.ask(
                "not_a_duplicate",
                ngettext(
                    "You already have a client who may be the same person: %(names)s. "
                    "Tick here if this is another person.",
                    "You already have clients who may be the same person: %(names)s. "
                    "Tick here if this is another person.",
                    len(found),
                )
                % {"names": names},
            )


class NewClientForm(ClientForm, OrderFields):
    """A new client with the service ordered: without an order there is no client (C04).

    Who adds it for a colleague keeps it only where ticked (C33).
    """

    responsible = CounsellorField(
        label=_("Responsible counsellor"),
        queryset=StaffMember.objects.none(),
        empty_label=None,
        required=False,
    )
    keeps = forms.BooleanField(
        label=_("I keep it as well"),
        required=False,
        help_text=_("Only where you add the client for a colleague and work with it, too."),
    )
    fieldsets = (
        *ClientForm.fieldsets,
        (_("Ordered service"), (*ORDER_FIELDS, "already_over")),
        (_("Responsible"), ("responsible", "keeps")),
    )

    class Meta(ClientForm.Meta):
        pass

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.order = ServiceOrder(
            client=self.instance,
            counsellor=effective_access(self.by, today=self.today).staff_member,
        )
        self.set_choices(self.order)
        self.initial.setdefault("starts_on", self.today)
        self.initial.setdefault("responsible", self.order.counsellor_id)
        offered = counsellors.offered(view="client_add", by=self.by, today=self.today)
        self.fields["responsible"].queryset = StaffMember.objects.filter(  # type: ignore[attr-defined]
            pk__in=[each.member.pk for each in offered]
        ).select_related("user")

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.check_dates()
        self.fill_price()
        self.check_order()
        return self.cleaned_data

    def check_order(self) -> None:
        """Check the order as its own model does, beside the client.

        Left out is what has an error already, and a price that no service gave.
        """
        missing = [name for name in ORDER_FIELDS if self.cleaned_data.get(name) is None]
        for name in ORDER_FIELDS:
            if name in self.cleaned_data:
                setattr(self.order, name, self.cleaned_data[name])
        try:
            self.order.full_clean(exclude=["client", *self.errors, *missing])
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.add_error(name if name in self.fields else None, messages)


# The order's own fields, made from its model as the client's are from theirs.
NewClientForm.base_fields |= forms.fields_for_model(
    ServiceOrder,
    fields=[name for name in ORDER_FIELDS if name not in OrderFields.base_fields],
    formfield_callback=RegisterForm.Meta.formfield_callback,
)
