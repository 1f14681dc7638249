"""The form of an account."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from register.access.login_names import stored_login_name
from register.models import StaffMember
from register.models.staff import TRAINING_DATES, Role
from register.text.form_fields import Email, Line
from register.text.login_names import normal_login_name, validate_login_name
from register.text.validators import validate_person_name
from register.wagtail_admin.base.forms import RegisterForm
from register.wagtail_admin.staff.papers import AsksForPapers

ABSENCE = (
    "suspended_from",
    "suspended_until",
    "next_suspended_from",
    "next_suspended_until",
)


class StaffMemberForm(AsksForPapers, RegisterForm):
    """An account: the person, the roles, and what the gate asks for."""

    username = Line(label=_("User name"), max_length=150)
    first_name = Line(label=_("First name"), max_length=150, validators=[validate_person_name])
    last_name = Line(label=_("Last name"), max_length=150, validators=[validate_person_name])
    email = Email(label=_("E-mail address"))
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    fieldsets = (
        (_("Person"), ("username", "first_name", "last_name", "email")),
        (_("Roles"), ("roles",)),
        (
            _("Agreement and training"),
            ("agreement_signed_on", *TRAINING_DATES),
        ),
        (_("Login removed for a time"), ABSENCE),
    )

    class Meta(RegisterForm.Meta):
        model = StaffMember
        fields = [
            "agreement_signed_on",
            *TRAINING_DATES,
            *ABSENCE,
        ]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if self.instance._state.adding:
            for name in ABSENCE:
                del self.fields[name]
            return
        user = self.instance.user
        self.initial = {
            **self.initial,
            "first_name": user.first_name,
            "last_name": user.last_name,
            "email": user.email,
            "roles": [role.value for role in self.instance.roles],
        }
        del self.fields["username"]

    def clean_username(self) -> str:
        username = normal_login_name(self.cleaned_data["username"])
        validate_login_name(username)
        if stored_login_name(username) is not None:
            raise ValidationError(_("This user name is taken."))
        return username

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        self.ask_for_both(data)
        return data

    def ask_for_both(self, data: dict[str, Any]) -> None:
        """Ask for the other day of a pair, where one of them was changed."""
        for start, end in (ABSENCE[:2], ABSENCE[2:]):
            if self.touched(start, end) and data.get(end) and not data.get(start):
                self.add_error(start, _("Say from when the login is removed."))
