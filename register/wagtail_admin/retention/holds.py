"""Legal holds, set and released by the data protection contact (C44)."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from register.access.standing import User
from register.domain.retention import hastening, holds
from register.models import Client, Hold
from register.models.retention import BY_HAND, HoldGround
from register.reference.clock import today
from register.text.form_fields import Line
from register.text.identifiers import normalise_register_number
from register.wagtail_admin.base import RegisterModelAdmin, erased_soon
from register.wagtail_admin.base.actions import ObjectAction
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.base.details import Detail
from register.wagtail_admin.base.filters import Filter
from register.wagtail_admin.base.forms import EncryptedTextField, RegisterForm
from register.wagtail_admin.base.inputs import DayField
from register.wagtail_admin.base.sensitive import HEALTH


def by_state(rows: Any, value: str) -> QuerySet[Any]:
    states = {
        "active": rows.active,
        "soon": rows.to_review,
        "overdue": rows.overdue,
        "released": rows.released,
    }
    return states[value](today())


def grounds() -> list[tuple[str, Any]]:
    """The grounds that a person may choose from, and none to begin with."""
    return [("", _("Choose…")), *((each.value, each.label) for each in BY_HAND)]


class HoldForm(RegisterForm):
    """A hold on a client who is named by the register number, typed: nobody is listed."""

    register_number = Line(label=_("Register number"), max_length=20)
    ground = forms.ChoiceField(label=_("Ground"), choices=grounds)
    reason = EncryptedTextField(Hold.reason, label=_("Reason"), help_text=HEALTH)
    fieldsets = ((_("Hold"), ("register_number", "ground", "reason", "review_on")),)

    class Meta(RegisterForm.Meta):
        model = Hold
        fields = ["ground", "review_on"]
        help_texts = {
            "review_on": _("Within twelve months: then somebody asks if it is still needed.")
        }

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


class ReviewForm(RegisterForm):
    """The next review of a hold that is still needed; its ground too, where none is stated."""

    review_on = DayField(label=_("Next review on"), help_text=_("Within twelve months from today."))
    ground = forms.ChoiceField(label=_("Ground"), choices=grounds)

    class Meta(RegisterForm.Meta):
        model = Hold
        fields: list[str] = []

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if self.instance.ground != HoldGround.UNSTATED:
            del self.fields["ground"]


def what_a_review_does(hold: Hold, *, by: User, today: date) -> list[Any]:
    return [
        _("The hold goes on, and the client's data is not erased meanwhile."),
        _("If it is not needed any more, go back and release it."),
        _("The log of use notes that you have reviewed it today."),
    ]


def review(hold: Hold, *, review_on: date, **asked: Any) -> None:
    holds.review(hold=hold, until=review_on, **asked)


def what_a_release_does(hold: Hold, *, by: User, today: date) -> list[Any]:
    """Say whom the release lets go, and when, as the next run would decide."""
    name = f"{hold.client.name} ({hold.client})"
    soon = hastening.foresee(
        partial(holds.release, hold=hold, seen=None, by=by, today=today),
        clients=[hold.client_id],
        today=today,
    )
    return [
        erased_soon.in_words(soon, name=name),
        _("What is erased can't be brought back."),
        _("The client's data closes to you at once, unless another hold keeps it open."),
        _("A released hold can't be put back into force; a new one can be set while data is left."),
    ]


class HoldAdmin(RegisterModelAdmin):
    """Holds, set and released by the data protection contact."""

    model = Hold
    ordering = ("review_on",)
    form_class = HoldForm
    filters = (
        Filter(
            parameter="tila",
            label=_("State"),
            choices=(
                ("active", _("In force")),
                ("soon", _("Review within 30 days")),
                ("overdue", _("Review is late")),
                ("released", _("Released")),
            ),
            apply=by_state,
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
            offered=lambda hold: hold.is_active(today()),
            run=lambda hold, **asked: holds.release(hold=hold, **asked),
            consequences=what_a_release_does,
        ),
        ObjectAction(
            name="review",
            label=_("Review the hold"),
            explanation=_("When it is still needed: says so, and when to look again."),
            done=_("The hold is reviewed."),
            offered=lambda hold: hold.is_active(today()),
            run=review,
            consequences=what_a_review_does,
            form_class=ReviewForm,
            serious=False,
        ),
    )
    columns = (
        "client",
        "ground",
        Column("set_on", sortable=True, desktop_only=True),
        Column("review_on", sortable=True),
        Column("released_on", sortable=True, desktop_only=True),
    )
    details = (
        "client",
        "ground",
        Detail("reason", label=_("Reason")),
        "set_on",
        "review_on",
        "reviewed_on",
        "released_on",
    )

    def title_of(self, instance: Hold) -> str:
        return str(instance.client)

    def prepare_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("client")

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
