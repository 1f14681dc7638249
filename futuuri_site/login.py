"""The login form of the staff."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm

from register.access import attempts


class LoginForm(WagtailLoginForm):
    """Wagtail's form, without "remember me", and with a label of the password field in Finnish."""

    error_messages = {
        **WagtailLoginForm.error_messages,
        "invalid_login": _("The user name or the password is not right. Try again."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        # A session ends with the working day at the latest: nobody is remembered.
        del self.fields["remember"]

    def get_invalid_login_error(self) -> ValidationError:
        """Say so after too many attempts, of a name that nobody has as well (C36)."""
        if attempts.are_used_up(self.cleaned_data["username"], self.request):
            return attempts.refusal()
        return super().get_invalid_login_error()
