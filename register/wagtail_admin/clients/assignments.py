"""Which counsellor works with which client (C33, C35)."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.menus import ModelAdminMenuItem

from register.access.standing import User, effective_access
from register.domain.clients import assignments
from register.models import Assignment, Client
from register.models.staff import Role, named
from register.reference.clock import today
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.actions import ObjectAction
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.clients.assignment_forms import AssignmentForm


def counsellor(assignment: Assignment) -> str:
    return named(assignment.user)


COUNSELLOR = Column("counsellor", label=_("Counsellor"), accessor=counsellor)


class AssignmentsMenuItem(ModelAdminMenuItem):
    """Not shown to counsellors, who read on the card who else works with a client."""

    def is_shown(self, request: HttpRequest) -> bool:
        who = effective_access(request.user, today=today())
        return bool(super().is_shown(request) and who.has(Role.MAIN_USER, Role.DATA_PROTECTION))


class AssignmentAdmin(RegisterModelAdmin):
    """Which counsellor works with which client, from when until when."""

    model = Assignment
    ordering = ("-valid_from",)
    search_fields = ("user__staff_member__search_key",)
    search_numbers = ("content_object__register_number",)
    search_hint = _("Register number or counsellor's name")
    form_class = AssignmentForm
    columns = (
        "content_object",
        COUNSELLOR,
        Column("valid_from", sortable=True, desktop_only=True),
        Column("valid_until", accessor=lambda assignment: assignment.ended_on, sortable=True),
    )
    actions = (
        ObjectAction(
            name="revoke",
            label=_("End at once"),
            explanation=_(
                "The client closes to the counsellor now, not only when the last day is over."
            ),
            done=_("The assignment is over."),
            offered=lambda assignment: not assignment.is_over(today()),
            harmless=True,
            run=lambda assignment, **asked: assignments.revoke(assignment=assignment, **asked),
        ),
    )
    details = ("content_object", COUNSELLOR, "valid_from", "valid_until", "revoked_on")

    def get_menu_item(self, order: int | None = None) -> ModelAdminMenuItem:
        return AssignmentsMenuItem(self, order or self.get_menu_order())

    def title_of(self, instance: Assignment) -> str:
        return f"{instance.content_object} – {counsellor(instance)}"

    def told_of(self, instance: Assignment) -> str:
        return gettext("%(counsellor)s is responsible for client %(client)s: %(period)s.") % {
            "counsellor": instance.counsellor,
            "client": instance.content_object,
            "period": instance.period,
        }

    def prepare_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("content_object", "user")

    def get_form_kwargs(self, request: HttpRequest, instance: Any) -> dict[str, Any]:
        """Fill in the register number of a client who is named by the address."""
        key = request.GET.get("client", "")
        if instance is not None or not key:
            return {}
        with suppress(ValidationError):
            client = Client.objects.filter(pk=key).only("register_number").first()
            return {"initial": {"register_number": str(client)}} if client else {}
        return {}

    def add_object(self, form: Any, *, by: User) -> Model:
        data = form.cleaned_data
        return assignments.assign(
            client=form.client,
            user=data["counsellor"].user,
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
            by=by,
            today=self.today,
        )

    def change_object(self, form: Any, *, by: User) -> Model:
        return assignments.set_dates(
            assignment=form.instance, **form.values(), seen=form.seen, by=by, today=self.today
        )
