"""One's own account: password, language, looks. All else about a person is the main user's (C35).

Wagtail's own page would also let each person change the name, which the log of use shows, and
keep a picture of them.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import LocalePreferencesForm
from wagtail.admin.forms.auth import PasswordChangeForm
from wagtail.admin.views import account
from wagtail.users.models import UserProfile

from register.access import attempts
from register.domain.staff import passwords
from register.reference.clock import today


class LanguageForm(LocalePreferencesForm):
    """The language, and no time zone: every day and hour is that of the register.

    A zone that was chosen before goes with the next save.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("current_time_zone", None)

    def save(self, commit: bool = True) -> Any:
        self.instance.current_time_zone = ""
        return super().save(commit)


class LanguagePanel(account.LocaleSettingsPanel):
    title = _("Language")
    form_class = LanguageForm


class OwnPasswordForm(PasswordChangeForm):
    """The new password, twice, beside the current one; saving is a domain verb.

    Wagtail asks for neither field, so that the rest of the page can be saved without them, and
    then takes a new password that was typed once, or the empty one.
    """

    request: HttpRequest

    def clean_old_password(self) -> Any:
        """Guessing at it counts as guessing at the door does (C36)."""
        name = self.user.get_username()
        if not attempts.begin(name, self.request):
            attempts.failed(name, self.request)
            raise attempts.refusal()
        try:
            typed = super().clean_old_password()
        except ValidationError:
            attempts.failed(name, self.request)
            if attempts.are_used_up(name, self.request):
                raise attempts.refusal() from None
            raise
        attempts.succeeded(name, self.request)
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for name in ("new_password1", "new_password2"):
            if not self.data.get(self.add_prefix(name)):
                self.add_error(name, self.fields[name].error_messages["required"])
        return cleaned

    def save(self, commit: bool = True) -> Any:
        passwords.change_own_password(
            password=self.cleaned_data["new_password1"],
            by=self.user,
            today=today(),
            now=timezone.now(),
        )
        return self.user


class PasswordPanel(account.ChangePasswordPanel):
    form_class = OwnPasswordForm

    @cached_property
    def form(self) -> Any:
        form = super().get_form()
        form.request = self.request
        return form

    def get_form(self) -> Any:
        """Return one form for the whole answer: an attempt counts once."""
        return self.form


class FactorsForm(forms.Form):
    """Nothing is typed here: the panel leads to a page of its own."""

    def __init__(self, *args: Any, instance: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def save(self, commit: bool = True) -> None:
        """Save nothing."""


class FactorsPanel(account.BaseSettingsPanel):
    """The way to one's second factors and sessions."""

    name = "factors"
    title = _("Log-in confirmation")
    order = 450
    form_class = FactorsForm
    template_name = "register/admin/factors_panel.html"


PANELS = (
    account.NotificationsSettingsPanel,
    LanguagePanel,
    account.ThemeSettingsPanel,
    FactorsPanel,
    PasswordPanel,
)


class AccountView(account.AccountView):
    """Wagtail's page with these panels only: what is not shown is not read from a POST either."""

    @cached_property
    def shown(self) -> list[Any]:
        user = self.request.user
        profile = UserProfile.get_for_user(user)
        panels = (panel(self.request, user, profile) for panel in PANELS)
        return [panel for panel in panels if panel.is_active()]

    def get_panels(self) -> list[Any]:
        return self.shown
