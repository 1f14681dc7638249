"""Processors, who get personal data by contract (C40)."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn

from register.domain import catalogue
from register.models import Processor
from register.permissions import User

from .base import RegisterModelAdmin
from .base.columns import WIDE, DayColumn
from .forms.base import RegisterForm


class ProcessorForm(RegisterForm):
    fieldsets = (
        (_("Processor"), ("name", "kind", "country", "hosting_country", "active")),
        (
            _("Contract and security"),
            ("contract_signed_on", "contract_valid_until", "security_assessed_on"),
        ),
    )

    class Meta(RegisterForm.Meta):
        model = Processor
        fields = [
            "name",
            "kind",
            "country",
            "hosting_country",
            "active",
            "contract_signed_on",
            "contract_valid_until",
            "security_assessed_on",
        ]


class ProcessorAdmin(RegisterModelAdmin):
    model = Processor
    menu_label = _("Processors")
    menu_icon = "link"
    menu_order = 410
    base_url_path = "kasittelijat"
    ordering = ("name",)
    form_class = ProcessorForm
    columns = (
        TitleColumn("name", label=_("Name"), url_name="kasittelijat_modeladmin_inspect"),
        Column("kind", label=_("Task"), accessor="get_kind_display", classname=WIDE),
        Column("country", label=_("Country"), accessor="get_country_display"),
        DayColumn("contract_valid_until", label=_("Contract valid until"), classname=WIDE),
        BooleanColumn("active", label=_("In use")),
    )

    def title_of(self, instance: Processor) -> str:
        return instance.name

    def add_object(self, form: Any, *, by: User) -> Model:
        return catalogue.save(item=form.instance, by=by)

    def change_object(self, form: Any, *, by: User) -> Model:
        return catalogue.save(item=form.instance, by=by)

    def delete_object(self, instance: Processor, *, by: User) -> None:
        catalogue.remove(item=instance, by=by)
