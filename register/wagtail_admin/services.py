"""Ordered services and notes, the catalogue of services, and offices."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail_modeladmin.menus import ModelAdminMenuItem

from register.domain import access_log, catalogue, services
from register.exceptions import NotAllowed
from register.models import Client, Note, Office, Service, ServiceOrder
from register.models.services import finished
from register.permissions import User, may_change

from .base import RegisterModelAdmin
from .base.columns import WIDE, DayColumn
from .base.filters import Filter
from .base.modeladmin import display, label
from .forms.base import RegisterForm
from .forms.services import NoteForm, ServiceOrderForm


def parent(model: type[Any], *, key: str, by: User) -> Any:
    """Return the object that a new one is added to, read and logged; NotAllowed if not own."""
    try:
        found = access_log.read(
            model, to=by, view="parent", narrow=lambda rows: rows.filter(pk=key)
        )
    except (ValidationError, ValueError):
        found = []
    if not found or not may_change(by, found[0]):
        raise NotAllowed
    return found[0]


def by_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    over = finished(timezone.localdate())
    return rows.filter(~over if value == "ongoing" else over)


class ServiceOrderAdmin(RegisterModelAdmin):
    """Ordered services of one's own clients."""

    model = ServiceOrder
    menu_label = _("Service orders")
    menu_icon = "list-ul"
    menu_order = 120
    base_url_path = "tilaukset"
    ordering = ("planned_end",)
    form_class = ServiceOrderForm
    adds_from_list = False
    search_fields = ("client__name", "client__register_number")
    search_hint = _("Client's name or register number")
    filters = (
        Filter(
            parameter="tila",
            label=_("State"),
            choices=(("ongoing", _("Ongoing")), ("over", _("Over"))),
            apply=by_state,
        ),
    )
    columns = (
        TitleColumn(
            "client",
            label=_("Client"),
            accessor="client.name",
            url_name="tilaukset_modeladmin_inspect",
        ),
        Column("service", label=_("Service")),
        Column(
            "manner", label=_("Manner of delivery"), accessor="get_manner_display", classname=WIDE
        ),
        DayColumn("starts_on", label=_("Starts on"), sort_key="starts_on", classname=WIDE),
        DayColumn("planned_end", label=_("Valid until"), sort_key="planned_end"),
        DayColumn("actual_end", label=_("Ended on"), sort_key="actual_end", classname=WIDE),
    )

    def title_of(self, instance: ServiceOrder) -> str:
        return f"{instance.client.name}: {instance.service}"

    def details_of(self, instance: ServiceOrder) -> Sequence[tuple[Any, Any]]:
        names = ("service", "manner", "office", "starts_on", "planned_end", "actual_end", "price")
        return [
            (_("client"), f"{instance.client.name} ({instance.client})"),
            *((label(instance, name), display(instance, name)) for name in names),
            (_("counsellor"), instance.counsellor.name),
            (_("specification"), instance.specification),
        ]

    def narrow_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("client", "service")

    def narrow_object(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("client", "service", "office", "counsellor__user")

    def get_form_kwargs(self, request: HttpRequest, instance: Any) -> dict[str, Any]:
        if instance is not None:
            return {"client": instance.client}
        return {"client": parent(Client, key=request.GET.get("client", ""), by=request.user)}

    def add_object(self, form: Any, *, by: User) -> Model:
        return services.order_service(order=form.instance, by=by, today=self.today)

    def change_object(self, form: Any, *, by: User) -> Model:
        return services.change_order(order=form.instance, by=by, today=self.today)

    def success_url(self, instance: ServiceOrder) -> str:
        return client_card(instance)


class NoteAdmin(RegisterModelAdmin):
    """Notes; they are read on the client card, and added and corrected by their author."""

    model = Note
    add_to_admin_menu = False
    menu_icon = "edit"
    base_url_path = "muistiinpanot"
    ordering = ("-met_on",)
    form_class = NoteForm
    adds_from_list = False
    columns = (
        TitleColumn("met_on", label=_("Meeting date"), url_name="muistiinpanot_modeladmin_inspect"),
        Column("client", label=_("Client"), accessor="order.client.name"),
        Column("basis", label=_("Basis"), accessor="get_basis_display"),
    )

    def title_of(self, instance: Note) -> str:
        return f"{instance.order.client.name}: {instance.met_on:%d.%m.%Y}"

    def details_of(self, instance: Note) -> Sequence[tuple[Any, Any]]:
        return [
            (_("client"), f"{instance.order.client.name} ({instance.order.client})"),
            (_("meeting date"), instance.met_on),
            (_("where the information comes from"), instance.get_basis_display()),
            (_("author"), instance.author.name),
            (_("note"), instance.text),
        ]

    def narrow_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("order__client", "author__user")

    narrow_object = narrow_list

    def get_form_kwargs(self, request: HttpRequest, instance: Any) -> dict[str, Any]:
        if instance is not None:
            return {"order": instance.order}
        return {"order": parent(ServiceOrder, key=request.GET.get("order", ""), by=request.user)}

    def add_object(self, form: Any, *, by: User) -> Model:
        return services.write_note(note=form.instance, by=by, today=self.today)

    def change_object(self, form: Any, *, by: User) -> Model:
        return services.change_note(note=form.instance, by=by, today=self.today)

    def success_url(self, instance: Note) -> str:
        return client_card(instance.order)


def client_card(order: ServiceOrder) -> str:
    from .clients import ClientAdmin

    return ClientAdmin().url_helper.get_action_url("inspect", order.client_id)


class ServiceForm(RegisterForm):
    class Meta(RegisterForm.Meta):
        model = Service
        fields = ["name", "price", "active"]


class OfficeForm(RegisterForm):
    class Meta(RegisterForm.Meta):
        model = Office
        fields = ["name", "active"]


class KeepersMenuItem(ModelAdminMenuItem):
    """Shown to those who may write, not to all who may read."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(self.model_admin.permission_helper.user_can_create(request.user))


class CatalogueAdmin(RegisterModelAdmin):
    """Reference data without persons: kept by the main user."""

    ordering = ("name",)

    def get_menu_item(self, order: int | None = None) -> ModelAdminMenuItem:
        """Counsellors choose from the catalogue; only who keeps it needs it in the menu."""
        return KeepersMenuItem(self, order or self.get_menu_order())

    def add_object(self, form: Any, *, by: User) -> Model:
        return catalogue.save(item=form.instance, by=by)

    def change_object(self, form: Any, *, by: User) -> Model:
        return catalogue.save(item=form.instance, by=by)

    def delete_object(self, instance: Any, *, by: User) -> None:
        catalogue.remove(item=instance, by=by)


class ServiceAdmin(CatalogueAdmin):
    model = Service
    menu_label = _("Services")
    menu_icon = "tag"
    menu_order = 420
    base_url_path = "palvelut"
    form_class = ServiceForm
    columns = (
        TitleColumn(
            "name", label=_("Name"), sort_key="name", url_name="palvelut_modeladmin_inspect"
        ),
        Column("price", label=_("Price (€)"), sort_key="price"),
        BooleanColumn("active", label=_("Can be ordered")),
    )


class OfficeAdmin(CatalogueAdmin):
    model = Office
    menu_label = _("Offices")
    menu_icon = "site"
    menu_order = 430
    base_url_path = "toimipaikat"
    form_class = OfficeForm
    columns = (
        TitleColumn(
            "name", label=_("Name"), sort_key="name", url_name="toimipaikat_modeladmin_inspect"
        ),
        BooleanColumn("active", label=_("In use")),
    )
