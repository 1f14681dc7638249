"""Accounts: the main user's screens (C33–C35)."""

from collections.abc import Mapping
from datetime import date
from operator import attrgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from register.access.standing import User
from register.domain.clients import hand_over_list
from register.domain.staff import (
    absences,
    accounts,
    mailing,
    on_file,
    own_roles,
    roles,
    second_factor,
)
from register.exceptions import LastMainUser, NotAllowed
from register.models import StaffMember
from register.models.staff import TRAINING_DATES, Role, named
from register.reference.clock import today
from register.wagtail_admin.base import RegisterModelAdmin
from register.wagtail_admin.base.actions import ObjectAction
from register.wagtail_admin.base.columns import Column
from register.wagtail_admin.base.details import Detail, field_names
from register.wagtail_admin.base.hand_over_link import hand_over_address
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.words import plain
from register.wagtail_admin.staff import employees
from register.wagtail_admin.staff.employees import EmployeeForm, called, has_login
from register.wagtail_admin.staff.forms import StaffMemberForm
from register.wagtail_admin.staff.giving_links import AccountCard, GivingView
from register.wagtail_admin.staff.trainings import ENDING_TRAININGS
from register.wagtail_admin.staff.words import SOMEBODY_IS_LEFT

ON_FILE = ("agreement_signed_on", *TRAINING_DATES)


def roles_of(data: Mapping[str, Any]) -> list[Role]:
    return [Role(value) for value in data["roles"]]


def role_names(member: StaffMember) -> str:
    return ", ".join(str(role.label) for role in Role if role in member.roles)


def login_name(member: StaffMember) -> str:
    """Return the user name, or that there is none."""
    return member.user.get_username() if has_login(member) else str(_("No log-in"))


ROLES = Column("roles", label=_("Roles"), accessor=role_names)


OWN_IS_ANOTHERS = _("One's own second factor is reset by another main user.")


def close(member: StaffMember, **asked: Any) -> None:
    try:
        accounts.close(member=member, **asked)
    except LastMainUser:
        raise ValidationError(SOMEBODY_IS_LEFT) from None


def what_closing_does(member: StaffMember, *, by: User, today: date) -> list[Any]:
    told = {"name": named(member.user), "day": plain(today)}
    return [
        _("The login of %(name)s ends at once, today %(day)s, running sessions included.") % told,
        _("A closed account can't be opened again: a returning person gets a new one."),
        _("What %(name)s wrote stays. Give the clients to a colleague first.") % told,
        _("Away for a time, as on parental leave? Go back and remove the login for that time."),
    ]


def reset(member: StaffMember, **asked: Any) -> None:
    try:
        second_factor.reset_second_factor(member=member, **asked)
    except NotAllowed:
        if asked["by"].pk != member.user_id:
            raise
        raise ValidationError(OWN_IS_ANOTHERS) from None


def what_resetting_does(member: StaffMember, *, by: User, today: date) -> list[Any]:
    told = {"name": named(member.user)}
    return [
        _("All passkeys, the app and the recovery codes of %(name)s stop working at once.") % told,
        _("The sessions of %(name)s end now. What was not saved is lost.") % told,
        _(
            "At the next log-in the password alone lets in, to set a new one up. Make sure by "
            "voice that it is %(name)s who asks."
        )
        % told,
        _("The owner is told by e-mail, and the log of use notes it."),
    ]


class StaffMemberAdmin(RegisterModelAdmin):
    """Accounts, their roles, and what opens or closes the register to them."""

    model = StaffMember
    ordering = ("sort_key",)
    search_fields = ("search_key",)
    search_hint = _("Name or user name")
    form_class = StaffMemberForm
    filters = (ENDING_TRAININGS,)
    actions = (
        ObjectAction(
            name="reset-factor",
            label=_("Reset the second factor"),
            explanation=_(
                "After a lost telephone: the person sets a new one up at the next log-in."
            ),
            done=_("The second factor was reset. Its owner gets a mail; say so in person as well."),
            offered=second_factor.has_one,
            on_rows=False,
            run=reset,
            consequences=what_resetting_does,
        ),
        ObjectAction(
            name="close",
            label=_("Close the account for good"),
            explanation=_("The login ends today and can't be opened again."),
            done=_("The account is closed."),
            offered=lambda member: has_login(member) and not member.is_closed(today()),
            run=close,
            consequences=what_closing_does,
        ),
        *employees.ACTIONS,
    )
    inspect_view_class = AccountCard
    object_views = {"link": GivingView}
    index_view_class = employees.EmployeeListView
    columns = (
        Column("name", label=_("Name"), accessor=called),
        ROLES,
        Column("agreement_signed_on", label=_("Agreement signed"), desktop_only=True),
        Column("law_valid_until", label=_("Law until"), desktop_only=True),
        Column("practices_valid_until", label=_("Practices until"), desktop_only=True),
        Column("suspended_from", desktop_only=True),
        Column("closed_on", label=_("Closed on"), desktop_only=True),
    )
    details = (
        Detail("username", label=_("User name"), accessor=login_name),
        Detail("email", label=_("E-mail address"), accessor=attrgetter("user.email")),
        ROLES,
        *field_names(StaffMember, without={"user"}),
    )

    def title_of(self, instance: StaffMember) -> str:
        return instance.name

    def prepare_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        return rows.select_related("user").prefetch_related("user__groups")

    def get_form_class(self, instance: Any) -> Any:
        return EmployeeForm if instance is not None and not has_login(instance) else self.form_class

    def get_admin_urls_for_registration(self) -> tuple[Any, ...]:
        view = employees.EmployeeCreateView
        return (
            *super().get_admin_urls_for_registration(),
            path(
                f"{self.base_url_path}/ilman-kirjautumista/",
                lambda request: view.as_view(model_admin=self)(request),
                name=employees.ADDING,
            ),
        )

    def add_employee(self, form: Any, *, by: User) -> Model:
        return employees.add(form, by=by, today=self.today)

    def add_object(self, form: Any, *, by: User) -> Model:
        asked: dict[str, Any] = {"by": by, "today": self.today}
        with transaction.atomic():
            member = accounts.add_staff_member(
                **form.values("username", "email", "first_name", "last_name"),
                roles=roles_of(form.cleaned_data),
                **asked,
            )
            return on_file.keep_on_file(member=member, seen=None, **form.values(*ON_FILE), **asked)

    def change_object(self, form: Any, *, by: User) -> Model:
        """Carry out what was changed, all or nothing; ValidationError tells what can't be.

        The first verb locks the row, having compared its version, until the last one is done.
        """
        if isinstance(form, EmployeeForm):
            return employees.change(form, by=by, today=self.today)
        data, member = form.cleaned_data, form.instance
        former = member.user.email
        asked: dict[str, Any] = {"member": member, "seen": None, "by": by, "today": self.today}
        try:
            with transaction.atomic():
                self.set_roles(form, by=by)
                changed = accounts.rename(
                    **asked, **form.values("first_name", "last_name", "email")
                )
                on_file.keep_on_file(**asked, **form.values(*ON_FILE))
                absences.suspend(
                    **asked,
                    start=data["suspended_from"],
                    until=data["suspended_until"],
                    next_start=data["next_suspended_from"],
                    next_until=data["next_suspended_until"],
                )
        except LastMainUser:
            raise ValidationError(SOMEBODY_IS_LEFT) from None
        if former and changed.user.email != former:
            mailing.tell_former_address(changed, former=former)
        return member

    def set_roles(self, form: Any, *, by: User) -> None:
        """Change the roles; of the own account they are asked for, where they were changed."""
        wanted, member = set(roles_of(form.cleaned_data)), form.instance
        asked: dict[str, Any] = {
            "member": member,
            "seen": form.seen,
            "by": by,
            "today": self.today,
            "roles": wanted,
        }
        if member.user_id == by.pk and set(form.initial["roles"]) != wanted:
            own_roles.ask(**asked, now=timezone.now())
        else:
            roles.set_roles(**asked)

    def told_of(self, instance: StaffMember) -> str:
        """Say that other roles wait, which the form shows as they were; or whose clients do."""
        if hand_over_list.needs_cover(instance, today=self.today):
            return gettext(
                "Saved. %(name)s will be away, or is: hand the clients over to a colleague here."
            ) % {"name": instance.name}
        if not instance.role_requests.waiting().exists():
            return ""
        return gettext(
            "Saved. The roles stay as they are until the data protection contact has confirmed the "
            "ones that were asked for."
        )

    def success_url(self, instance: Any) -> str:
        """A new account leads to the link for its owner, who sets the password.

        An absence leads to the clients who need somebody else meanwhile (C34).
        """
        if hand_over_list.needs_cover(instance, today=self.today):
            return hand_over_address(instance)
        is_new = not instance.user.has_usable_password() and not instance.links.exists()
        return address(instance, "link" if is_new else "inspect")
