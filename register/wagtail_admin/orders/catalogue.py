"""The catalogue: services and offices, kept by the main user (O9)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.menus import ModelAdminMenuItem

from register.access.standing import User
from register.domain.orders import catalogue
from register.models import Office, Service
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.base.forms import RegisterForm


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

    def lost_with(self, instance: Any) -> Sequence[Any]:
        return [
            _("It can't be chosen for service orders any more. No client's data changes."),
            _("Only what nothing uses is deleted; what was used is taken out of use instead."),
        ]

    def add_object(self, form: Any, *, by: User) -> Model:
        return catalogue.add(self.model(**form.values()), by=by, today=self.today)

    def change_object(self, form: Any, *, by: User) -> Model:
        return catalogue.change(
            form.instance, changes=form.values(), seen=form.seen, by=by, today=self.today
        )

    def delete_object(self, instance: Any, *, seen: int, by: User) -> None:
        catalogue.remove(instance, seen=seen, by=by, today=self.today)


class ServiceAdmin(CatalogueAdmin):
    model = Service
    form_class = ServiceForm
    columns = (
        Column("name", sortable=True),
        Column("price", label=_("Price (€)"), sortable=True),
        "active",
    )


class OfficeAdmin(CatalogueAdmin):
    model = Office
    form_class = OfficeForm
    columns = (Column("name", sortable=True), "active")
