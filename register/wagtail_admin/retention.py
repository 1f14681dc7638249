"""Legal holds and the retention runs, as the people in charge see them (C44)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from register.domain import holds
from register.identifiers import normalise_register_number
from register.models import Client, Hold, RetentionRun
from register.permissions import User

from .base import RegisterModelAdmin
from .base.actions import ObjectAction
from .base.columns import WIDE, DayColumn
from .base.filters import Filter
from .forms.base import EncryptedTextField, RegisterForm


class HoldForm(RegisterForm):
    """A hold on a client who is named by the register number, typed: nobody is listed."""

    register_number = forms.CharField(label=_("Register number"), max_length=20)
    reason = EncryptedTextField(label=_("Reason"), max_length=2000)
    fieldsets = ((_("Hold"), ("register_number", "ground", "reason", "review_on")),)

    class Meta(RegisterForm.Meta):
        model = Hold
        fields = ["ground", "review_on"]

    def clean_register_number(self) -> str:
        typed: str = self.cleaned_data["register_number"]
        number = normalise_register_number(typed)
        self.client = Client.objects.filter(register_number=number).only("pk").first()
        if self.client is None:
            raise ValidationError(_("There is no client with this register number."))
        return number

    def clean_review_on(self) -> Any:
        review_on = self.cleaned_data["review_on"]
        if review_on < self.today:
            raise ValidationError(_("The review can't be in the past."))
        return review_on


class HoldAdmin(RegisterModelAdmin):
    """Holds, set and released by the data protection contact."""

    model = Hold
    menu_label = _("Legal holds")
    menu_icon = "lock"
    menu_order = 310
    base_url_path = "pidatykset"
    ordering = ("review_on",)
    form_class = HoldForm
    filters = (
        Filter(
            parameter="tila",
            label=_("State"),
            choices=(("active", _("In force")), ("released", _("Released"))),
            apply=lambda rows, value: rows.filter(released_on__isnull=value == "active"),
        ),
    )
    actions = (
        ObjectAction(
            name="release",
            label=_("Release the hold"),
            explanation=_(
                "What is past its erasure date is then erased by the next run, and the client's "
                "data closes to you."
            ),
            done=_("The hold is released."),
            offered=lambda hold: hold.released_on is None,
            run=lambda hold, by: holds.release(hold=hold, by=by, today=timezone.localdate()),
        ),
    )
    columns = (
        TitleColumn("client", label=_("Client"), url_name="pidatykset_modeladmin_inspect"),
        Column("ground", label=_("Ground"), accessor="get_ground_display"),
        DayColumn("set_on", label=_("Set on"), sort_key="set_on", classname=WIDE),
        DayColumn("review_on", label=_("Review on"), sort_key="review_on"),
        DayColumn("released_on", label=_("Released on"), sort_key="released_on", classname=WIDE),
    )

    def title_of(self, instance: Hold) -> str:
        return str(instance.client)

    def details_of(self, instance: Hold) -> Sequence[tuple[Any, Any]]:
        return [
            (_("client"), str(instance.client)),
            (_("ground"), instance.get_ground_display()),
            (_("reason"), instance.reason),
            (_("set on"), instance.set_on),
            (_("review on"), instance.review_on),
            (_("released on"), instance.released_on),
        ]

    def narrow_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("client")

    narrow_object = narrow_list

    def get_form_class(self, instance: Any) -> Any:
        return HoldForm if instance is None else None

    def add_object(self, form: Any, *, by: User) -> Model:
        return holds.place(
            client=form.client,
            ground=form.cleaned_data["ground"],
            reason=form.cleaned_data["reason"],
            review_on=form.cleaned_data["review_on"],
            by=by,
            today=self.today,
        )


class RetentionRunAdmin(RegisterModelAdmin):
    """What each night's run did: counts only."""

    model = RetentionRun
    menu_label = _("Retention runs")
    menu_icon = "bin"
    menu_order = 440
    base_url_path = "poistoajot"
    ordering = ("-started_at",)
    columns = (
        TitleColumn("today", label=_("Date"), url_name="poistoajot_modeladmin_inspect"),
        Column("kind", label=_("Kind"), accessor=lambda run: _("dry run") if run.dry else ""),
        Column("clients_erased", label=_("Clients erased")),
        Column("orders_erased", label=_("Service orders erased"), classname=WIDE),
        Column("clients_held", label=_("On hold"), classname=WIDE),
        Column("clients_deferred", label=_("Deferred for billing"), classname=WIDE),
        Column("clients_failed", label=_("Failed"), classname=WIDE),
        DayColumn("finished_at", label=_("Finished")),
    )
    export_columns = {
        "today": _("Date"),
        "clients_erased": _("Clients erased"),
        "orders_erased": _("Service orders erased"),
        "clients_held": _("On hold"),
        "clients_deferred": _("Deferred for billing"),
        "clients_failed": _("Failed"),
    }

    def details_of(self, instance: RetentionRun) -> Sequence[tuple[Any, Any]]:
        hidden = ("id", "cursor", "without_orders", "one_by_one_until", "attempts")
        return [
            (field.verbose_name, getattr(instance, field.name))
            for field in RetentionRun._meta.fields
            if field.name not in hidden
        ]
