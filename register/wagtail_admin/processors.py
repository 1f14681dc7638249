"""Processors, who get personal data by contract (C40)."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from register.access.standing import User
from register.domain import processors
from register.models import Processor
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.base.forms import RegisterForm


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
    ordering = ("name",)
    form_class = ProcessorForm
    columns = (
        "name",
        Column("kind", desktop_only=True),
        Column("country", label=_("Country")),
        Column("contract_valid_until", desktop_only=True),
        "active",
    )

    def title_of(self, instance: Processor) -> str:
        return instance.name

    def lost_with(self, instance: Processor) -> Sequence[Any]:
        return [
            _("Its contract and its assessments go with it. No client's data changes."),
            _("A recipient to whom something was disclosed can't be deleted."),
        ]

    def add_object(self, form: Any, *, by: User) -> Model:
        return processors.add(Processor(**form.values()), by=by, today=self.today)

    def change_object(self, form: Any, *, by: User) -> Model:
        return processors.change(
            form.instance, changes=form.values(), seen=form.seen, by=by, today=self.today
        )

    def delete_object(self, instance: Processor, *, seen: int, by: User) -> None:
        processors.remove(instance, seen=seen, by=by, today=self.today)
