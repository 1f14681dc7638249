"""The one door of the staff: name and password, then the second factor of whoever has one (C36).

The first step is Wagtail's form, answered by `register.access.backend`. What follows it is
allauth's: there is no session before the second one was passed.
"""

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.contrib.auth import load_backend, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from wagtail.admin.views.account import LoginView

from register.access import attempts
from register.access.second_factor import APP, DOOR, PASSKEY, factors_of
from register.wagtail_admin.staff.factor_forms import CodeForm, PasskeyForm

PASSWORD_MARK = "password_mark"  # noqa: S105 - of which password the second step is one


class LogInView(LoginView):
    """Name and password. Whoever has a second factor goes on to it, with nothing open yet."""

    def form_valid(self, form: Any) -> HttpResponse:
        user, session = form.get_user(), self.request.session
        if self.request.user.is_authenticated:
            logout(self.request)
        session.set_expiry(0)
        login = Login(
            user=user,
            redirect_url=self.get_success_url(),
            state={PASSWORD_MARK: user.get_session_auth_hash()},
        )
        return perform_password_login(self.request, {}, login)


@method_decorator(
    login_stage_required(stage=AuthenticateStage.key, redirect_urlname=DOOR), name="dispatch"
)
class SecondStepView(AuthenticateView):
    """A passkey first; beside it the code of the app, and recovery codes."""

    template_name = "register/admin/second_step.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        login = request._login_stage.login  # type: ignore[attr-defined]
        if not may_go_on(login):
            clear_login(request)
            return redirect(DOOR)
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> Any:
        return CodeForm

    def get_webauthn_form_class(self) -> Any:
        return PasskeyForm

    def form_invalid(self, form: Any) -> HttpResponse:
        """A wrong second step is a log-in that failed, and is counted as one (C38)."""
        attempts.failed(self.stage.login.user.get_username(), self.request)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.stage.login.user
        kinds = set(factors_of(user).values_list("type", flat=True))
        passkey = self.webauthn_form
        refused = passkey.errors.values() if passkey and passkey.is_bound else ()
        return {
            "form": self.auth_form,
            "has_passkey": PASSKEY in kinds,
            "has_app": APP in kinds,
            "passkey_options": begin_authentication(user) if PASSKEY in kinds else None,
            "refusals": [message for errors in refused for message in errors],
            "view": self,
        }


def may_go_on(login: Any) -> bool:
    """Whether the account may still log in, and the password of the first step still holds."""
    user = login.user
    if user is None or not user.is_active:
        return False
    backends: list[Any] = [load_backend(path) for path in settings.AUTHENTICATION_BACKENDS]
    if not all(backend.user_can_authenticate(user) for backend in backends):
        return False
    return constant_time_compare(login.state.get(PASSWORD_MARK, ""), user.get_session_auth_hash())


log_in = LogInView.as_view()
second_step = SecondStepView.as_view()
