"""Accounts and assignments: the main user's screens (C33–C35)."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn

from register.domain import assignments, staff
from register.enums import Role
from register.exceptions import LastMainUser
from register.models import Assignment, StaffMember
from register.permissions import User

from .base import RegisterModelAdmin
from .base.columns import WIDE, DayColumn
from .forms.staff import AssignmentForm, StaffMemberForm


def role_names(member: StaffMember) -> str:
    return ", ".join(str(role.label) for role in Role if role in member.roles)


class StaffMemberAdmin(RegisterModelAdmin):
    """Accounts, their roles, and what opens or closes the register to them."""

    model = StaffMember
    menu_label = _("Staff")
    menu_icon = "user"
    menu_order = 210
    base_url_path = "henkilosto"
    ordering = ("user__last_name", "user__first_name")
    search_fields = ("user__last_name", "user__first_name", "user__username")
    search_hint = _("Name or user name")
    form_class = StaffMemberForm
    columns = (
        TitleColumn("name", label=_("Name"), url_name="henkilosto_modeladmin_inspect"),
        Column("roles", label=_("Roles"), accessor=role_names),
        DayColumn("agreement_signed_on", label=_("Agreement signed"), classname=WIDE),
        DayColumn("training_valid_until", label=_("Training valid until"), classname=WIDE),
        DayColumn("suspended_from", label=_("Login removed from"), classname=WIDE),
        DayColumn("closed_on", label=_("Closed on"), classname=WIDE),
    )

    def title_of(self, instance: StaffMember) -> str:
        return instance.name

    def details_of(self, instance: StaffMember) -> Sequence[tuple[Any, Any]]:
        return [
            (_("user name"), instance.user.get_username()),
            (_("e-mail address"), instance.user.email),
            (_("roles"), role_names(instance)),
            *(
                (field.verbose_name, getattr(instance, field.name))
                for field in StaffMember._meta.fields
                if field.name not in ("id", "user")
            ),
        ]

    def narrow_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("user").prefetch_related("user__groups")

    narrow_object = narrow_list

    def add_object(self, form: Any, *, by: User) -> Model:
        data = form.cleaned_data
        with transaction.atomic():
            member = staff.add_staff_member(
                username=data["username"],
                email=data["email"],
                first_name=data["first_name"],
                last_name=data["last_name"],
                password=data["password"],
                roles=[Role(value) for value in data["roles"]],
                by=by,
            )
            self.keep_on_file(member, data, by=by)
        return member

    def change_object(self, form: Any, *, by: User) -> Model:
        """Carry out what was changed, all or nothing; ValidationError tells what can't be."""
        data, member = form.cleaned_data, StaffMember.objects.get(pk=form.instance.pk)
        try:
            with transaction.atomic():
                staff.rename(
                    member=member,
                    first_name=data["first_name"],
                    last_name=data["last_name"],
                    email=data["email"],
                    by=by,
                )
                staff.set_roles(
                    member=member, roles=[Role(value) for value in data["roles"]], by=by
                )
                self.keep_on_file(member, data, by=by)
                staff.suspend(
                    member=member,
                    start=data["suspended_from"],
                    until=data["suspended_until"],
                    by=by,
                    today=self.today,
                )
                if data["password"]:
                    staff.set_password(member=member, password=data["password"], by=by)
                if data.get("close"):
                    staff.close(member=member, by=by, today=self.today)
        except LastMainUser:
            raise ValidationError(_("Somebody must be left to manage the accounts.")) from None
        return member

    def keep_on_file(self, member: StaffMember, data: dict[str, Any], *, by: User) -> None:
        staff.keep_on_file(
            member=member,
            agreement_signed_on=data["agreement_signed_on"],
            trained_on=data["trained_on"],
            training_valid_until=data["training_valid_until"],
            by=by,
        )


class AssignmentAdmin(RegisterModelAdmin):
    """Which counsellor works with which client, from when until when."""

    model = Assignment
    menu_label = _("Assignments")
    menu_icon = "link"
    menu_order = 220
    base_url_path = "kohdistukset"
    ordering = ("-valid_from",)
    search_fields = ("content_object__register_number", "user__last_name", "user__first_name")
    search_hint = _("Register number or counsellor's name")
    form_class = AssignmentForm
    columns = (
        TitleColumn(
            "client",
            label=_("Client"),
            accessor="content_object",
            url_name="kohdistukset_modeladmin_inspect",
        ),
        Column("counsellor", label=_("Counsellor"), accessor="user.get_full_name"),
        DayColumn("valid_from", label=_("Valid from"), sort_key="valid_from", classname=WIDE),
        DayColumn("valid_until", label=_("Valid until"), sort_key="valid_until"),
    )

    def title_of(self, instance: Assignment) -> str:
        return f"{instance.content_object} – {instance.user.get_full_name()}"

    def details_of(self, instance: Assignment) -> Sequence[tuple[Any, Any]]:
        return [
            (_("client"), instance.content_object),
            (_("counsellor"), instance.user.get_full_name()),
            (_("valid from"), instance.valid_from),
            (_("valid until"), instance.valid_until),
        ]

    def narrow_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("content_object", "user")

    narrow_object = narrow_list

    def add_object(self, form: Any, *, by: User) -> Model:
        data = form.cleaned_data
        return assignments.assign(
            client=form.client,
            user=data["counsellor"].user,
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
            by=by,
        )

    def change_object(self, form: Any, *, by: User) -> Model:
        data = form.cleaned_data
        return assignments.set_dates(
            assignment=form.instance,
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
            by=by,
        )
