"""Employees without a log-in, on the one list of the staff (C30)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from register.access.standing import User
from register.domain.staff import accounts, employees, on_file
from register.models import StaffMember
from register.models.staff import TRAINING_DATES, named
from register.text.form_fields import Email, Line
from register.text.validators import validate_person_name
from register.wagtail_admin.base.actions import ObjectAction
from register.wagtail_admin.base.editing import CreateView
from register.wagtail_admin.base.forms import RegisterForm
from register.wagtail_admin.base.index import IndexView
from register.wagtail_admin.base.words import plain
from register.wagtail_admin.staff.papers import AsksForPapers

ON_FILE = ("agreement_signed_on", *TRAINING_DATES)
ADDING = "register_add_employee"


def has_login(member: StaffMember) -> bool:
    """Whether there is an account behind the row that somebody can log in to."""
    return bool(member.user.is_active)


def called(member: StaffMember) -> str:
    """Return a person's name, beside the user name where there is a log-in."""
    return named(member.user) if has_login(member) else member.name


class EmployeeForm(AsksForPapers, RegisterForm):
    """An employee without a log-in: the name, and what is on file."""

    first_name = Line(
        label=gettext_lazy("First name"), max_length=150, validators=[validate_person_name]
    )
    last_name = Line(
        label=gettext_lazy("Last name"), max_length=150, validators=[validate_person_name]
    )
    fieldsets = (
        (gettext_lazy("Person"), ("first_name", "last_name")),
        (gettext_lazy("Agreement and training"), ON_FILE),
    )

    class Meta(RegisterForm.Meta):
        model = StaffMember
        fields = [*ON_FILE]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not self.instance._state.adding:
            user = self.instance.user
            self.initial = {
                **self.initial,
                "first_name": user.first_name,
                "last_name": user.last_name,
            }


class LoginForm(RegisterForm):
    """What an account needs beside what is on file; roles and password come next."""

    username = Line(label=gettext_lazy("User name"), max_length=150)
    email = Email(label=gettext_lazy("E-mail address"))

    class Meta(RegisterForm.Meta):
        model = StaffMember
        fields: list[str] = []


class EmployeeListView(IndexView):
    """The one list, with a second button: for those who never log in."""

    def get_header_buttons(self) -> list[HeaderButton]:
        buttons = super().get_header_buttons()
        if self.permission_helper.user_can_create(self.request.user):
            label = _("Add an employee without a log-in")
            buttons.insert(1, HeaderButton(label, url=reverse(ADDING), icon_name="clipboard-list"))
        return buttons


class EmployeeCreateView(CreateView):
    """Adding somebody who never logs in."""

    done = gettext_lazy("%(name)s %(number)s was added.")
    verb = "add_employee"

    def get_form_class(self) -> Any:
        return EmployeeForm

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        label = _("New employee without a log-in")
        return [*super().get_breadcrumbs()[:-1], {"url": "", "label": label}]


def add(form: Any, *, by: User, today: date) -> StaffMember:
    """Put an employee on the list, with what is on file. ValidationError."""
    asked: dict[str, Any] = {"by": by, "today": today}
    with transaction.atomic():
        member = employees.add_employee(**form.values("first_name", "last_name"), **asked)
        return on_file.keep_on_file(member=member, seen=None, **form.values(*ON_FILE), **asked)


def change(form: Any, *, by: User, today: date) -> StaffMember:
    """Correct an employee's name, and what is on file; all or nothing. ValidationError."""
    member = form.instance
    asked: dict[str, Any] = {"member": member, "by": by, "today": today}
    with transaction.atomic():
        accounts.rename(
            **asked,
            **form.values("first_name", "last_name"),
            email=member.user.email,
            seen=form.seen,
        )
        return on_file.keep_on_file(**asked, **form.values(*ON_FILE), seen=None)


def what_ending_does(member: StaffMember, *, by: User, today: date) -> list[Any]:
    told = {"name": member.name, "day": plain(today)}
    return [
        _("%(name)s is off the list of those who work here from today %(day)s on.") % told,
        _("What is on file is kept for the time that the notice says, and erased then."),
        _("Somebody who returns is added anew."),
    ]


def what_a_login_does(member: StaffMember, *, by: User, today: date) -> list[Any]:
    return [
        _("%(name)s gets an account, so far without a password and without a role.")
        % {"name": member.name},
        _("Give both on the person's own card next. What is on file stays."),
        _("From then on instructions are acknowledged by logging in, not on paper."),
    ]


ACTIONS = (
    ObjectAction(
        name="login",
        label=gettext_lazy("Give a log-in"),
        explanation=gettext_lazy("When this person begins to work with the register."),
        done=gettext_lazy(
            "There is an account now. Give it a role, and its owner a link for a password."
        ),
        offered=lambda member: not has_login(member) and member.closed_on is None,
        run=lambda member, **asked: employees.give_login(member=member, **asked),
        consequences=what_a_login_does,
        form_class=LoginForm,
        serious=False,
    ),
    ObjectAction(
        name="ended",
        label=gettext_lazy("The employment has ended"),
        explanation=gettext_lazy("The person is off the list, and what is on file ends in time."),
        done=gettext_lazy("The person is off the list of those who work here."),
        offered=lambda member: not has_login(member) and member.closed_on is None,
        run=lambda member, **asked: accounts.close(member=member, **asked),
        consequences=what_ending_does,
    ),
)
