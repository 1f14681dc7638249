"""Forms of accounts and assignments."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from register.enums import Role
from register.identifiers import normalise_register_number
from register.models import Assignment, Client, StaffMember

from .base import RegisterForm


class StaffMemberForm(RegisterForm):
    """An account: the person, the roles, and what the gate asks for."""

    username = forms.CharField(label=_("User name"), max_length=150)
    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"))
    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text=password_validators_help_text_html,
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    close = forms.BooleanField(
        label=_("Close the account for good"),
        required=False,
        help_text=_("The login ends today and can't be opened again."),
    )
    fieldsets = (
        (_("Person"), ("username", "first_name", "last_name", "email", "password")),
        (_("Roles"), ("roles",)),
        (
            _("Agreement and training"),
            ("agreement_signed_on", "trained_on", "training_valid_until"),
        ),
        (_("Login removed for a time"), ("suspended_from", "suspended_until")),
        (_("Closing"), ("close",)),
    )

    class Meta(RegisterForm.Meta):
        model = StaffMember
        fields = [
            "agreement_signed_on",
            "trained_on",
            "training_valid_until",
            "suspended_from",
            "suspended_until",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            for name in ("suspended_from", "suspended_until", "close"):
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
        self.fields["password"].required = False
        self.fields["password"].label = _("New password")
        if self.instance.closed_on:
            del self.fields["close"]

    def current_username(self) -> str:
        return self.instance.user.get_username() if self.instance.pk else ""

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if get_user_model().objects.filter(username__iexact=username).exists():
            raise ValidationError(_("This user name is taken."))
        return username

    def clean_agreement_signed_on(self) -> Any:
        return self.not_in_future("agreement_signed_on")

    def clean_trained_on(self) -> Any:
        return self.not_in_future("trained_on")

    def not_in_future(self, name: str) -> Any:
        value = self.cleaned_data[name]
        if value and value > self.today:
            raise ValidationError(_("The date can't be in the future."))
        return value

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if data.get("password"):
            user = get_user_model()(
                username=data.get("username") or self.current_username(),
                first_name=data.get("first_name", ""),
                last_name=data.get("last_name", ""),
                email=data.get("email", ""),
            )
            try:
                validate_password(data["password"], user)
            except ValidationError as error:
                self.add_error("password", error)
        if data.get("trained_on") and not data.get("training_valid_until"):
            self.add_error("training_valid_until", _("Say how long the training is valid."))
        if data.get("training_valid_until") and not data.get("trained_on"):
            self.add_error("trained_on", _("Say when the training was held."))
        if data.get("suspended_until") and not data.get("suspended_from"):
            self.add_error("suspended_from", _("Say from when the login is removed."))
        return data


class CounsellorField(forms.ModelChoiceField[Any]):
    """A choice of counsellors, by name."""

    def label_from_instance(self, obj: StaffMember) -> str:
        return obj.name


class AssignmentForm(RegisterForm):
    """An assignment by register number: the main user needs no client's name (C33)."""

    register_number = forms.CharField(label=_("Client's register number"), max_length=20)
    counsellor = CounsellorField(
        label=_("Counsellor"), queryset=StaffMember.objects.none(), empty_label=_("Choose…")
    )
    fieldsets = (
        (
            _("Assignment"),
            ("register_number", "counsellor", "valid_from", "valid_until"),
        ),
    )

    class Meta(RegisterForm.Meta):
        model = Assignment
        fields = ["valid_from", "valid_until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.fields["counsellor"].queryset = (  # type: ignore[attr-defined]
                StaffMember.objects.filter(user__groups__name=Role.COUNSELLOR, closed_on=None)
                .select_related("user")
                .distinct()
            )
            self.initial.setdefault("valid_from", self.today)
        else:
            del self.fields["register_number"], self.fields["counsellor"]

    def clean_register_number(self) -> str:
        number = normalise_register_number(self.cleaned_data["register_number"])
        self.client = Client.objects.filter(register_number=number).only("pk").first()
        if self.client is None:
            raise ValidationError(_("There is no client with this register number."))
        return number

    def clean(self) -> dict[str, Any]:
        super().clean()
        start, end = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", _("The end can't be before the start."))
        return self.cleaned_data
