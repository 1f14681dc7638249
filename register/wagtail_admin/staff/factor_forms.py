"""What the second step of a log-in and the pages of one's second factors ask for (C36)."""

from typing import Any

from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret, validate_totp_code
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.utils import ErrorDict, ErrorList
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from register.access import attempts
from register.access.second_factor import APP
from register.db.encryption import decrypt, encrypt
from register.domain.staff.second_factor import LONGEST_NAME
from register.exceptions import CannotDecrypt, KeyUnavailable
from register.text.form_fields import Line

TYPED = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "autocapitalize": "off",
    "spellcheck": "false",
}
UNUSABLE = _("The passkey could not be used. Try again, or use a code.")
# The secret of an app that is being set up, in the session and encrypted there too.
BEGUN = "app_being_added"


def code_field(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=20,
        help_text=help_text,
        widget=forms.TextInput(attrs=dict(TYPED)),
    )


class Counted:
    """A code is tried so often and no more, and taken once (C36)."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        request = context.request
        if not attempts.begin_code(self.user.pk, request):
            raise attempts.too_many_codes()
        code: str = super().clean_code()  # type: ignore[misc]
        # allauth remembers used codes in the cache of one process.
        if self.authenticator.type == APP and not attempts.is_first_use(
            self.user.pk, normalize_user_code(code)
        ):
            raise get_adapter().validation_error("incorrect_code")
        attempts.code_succeeded(self.user.pk, request)
        return code


class CodeForm(Counted, AuthenticateForm):
    """The code of the app, or one of the recovery codes, at the log-in."""

    code = code_field(_("Code of the app, or a recovery code"))


class CodeAgainForm(Counted, ReauthenticateForm):
    """The same, of somebody who is logged in."""

    code = code_field(_("Code of the app, or a recovery code"))


class ReadsBrowsers:
    """What browsers answer is nested JSON: whatever else comes is refused, and breaks nothing."""

    def full_clean(self) -> None:
        try:
            super().full_clean()  # type: ignore[misc]
        except (AttributeError, KeyError, TypeError, ValueError):
            self.cleaned_data: dict[str, Any] = {}
            self._errors = ErrorDict({NON_FIELD_ERRORS: ErrorList([str(UNUSABLE)])})


class PasskeyForm(ReadsBrowsers, AuthenticateWebAuthnForm):
    """What the browser answers for a passkey at the log-in."""


class PasskeyAgainForm(ReadsBrowsers, ReauthenticateWebAuthnForm):
    """The same, of somebody who is logged in."""


class PasswordAgainForm(forms.Form):
    """One's password, of somebody who has no second factor yet. Guessing at it counts."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, user: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.request = user, request

    def clean_password(self) -> str:
        typed: str = self.cleaned_data["password"]
        name = self.user.get_username()
        if not attempts.begin(name, self.request):
            raise attempts.refusal()
        if not self.user.check_password(typed):
            raise ValidationError(_("The password is not right. Try again."))
        attempts.succeeded(name, self.request)
        return typed


class AddPasskeyForm(ReadsBrowsers, AddWebAuthnForm):
    """A passkey that the browser has just made."""

    name = Line(
        label=_("Name of the passkey"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("What you know the device by, such as work laptop or own telephone."),
    )


class RenameForm(forms.Form):
    name = Line(label=_("Name of the passkey"), max_length=LONGEST_NAME)


class AddAppForm(forms.Form):
    """A code of the app that was just given the secret. The secret stays until one is right."""

    code = code_field(_("Code that the app shows"))

    def __init__(self, *args: Any, user: Any, session: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.session = user, session
        self.secret = self.begun()

    def begun(self) -> str:
        """Return the secret that the page shows; a new one where none was begun."""
        where = f"{BEGUN}:{self.user.pk}"
        try:
            return decrypt(self.session.get(BEGUN, ""), context=where)
        except (CannotDecrypt, KeyUnavailable):
            secret = generate_totp_secret()
            self.session[BEGUN] = encrypt(secret, context=where)
            return secret

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not attempts.begin_code(self.user.pk, context.request):
            raise attempts.too_many_codes()
        if not validate_totp_code(self.secret, code):
            raise ValidationError(
                _(
                    "This is not the code that the app shows now. Wait for the next one; is the "
                    "clock of the device right?"
                )
            )
        attempts.code_succeeded(self.user.pk, context.request)
        # The same code is not taken for a log-in afterwards.
        attempts.is_first_use(self.user.pk, normalize_user_code(code))
        return code
