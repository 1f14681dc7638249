"""Who changes the second factors of an account shows first who it is: with one, or by password."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from register.access import attempts
from register.access.second_factor import APP, OVERVIEW, PASSKEY, PROVE, factors_of, is_proven
from register.wagtail_admin.staff.factor_forms import (
    CodeAgainForm,
    PasskeyAgainForm,
    PasswordAgainForm,
)


class ProveView(WagtailAdminTemplateMixin, TemplateView):
    """One page: passkey, code, or the password of whoever has no factor yet."""

    template_name = "register/admin/prove.html"
    page_title = _("Show that it is you")
    header_icon = "lock"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.kinds = set(factors_of(request.user).values_list("type", flat=True))
        self.form: Any = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user, data = request.user, request.POST
        if not self.kinds:
            self.form = PasswordAgainForm(data, user=user, request=request)
        elif "code" in data:
            self.form = CodeAgainForm(user=user, data=data)
        else:
            self.form = PasskeyAgainForm(user=user, data=data)
        if not self.form.is_valid():
            attempts.failed(user.get_username(), request)
            return self.render_to_response(self.get_context_data())
        if self.kinds:
            self.form.save()
        else:
            record_authentication(request, user, "password", reauthenticated=True)
        return redirect(self.next_url)

    @property
    def next_url(self) -> str:
        asked = self.request.POST.get("next") or self.request.GET.get("next", "")
        safe = url_has_allowed_host_and_scheme(
            asked, {self.request.get_host()}, require_https=self.request.is_secure()
        )
        return asked if asked and safe else reverse(OVERVIEW)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, bound = self.request.user, self.form
        shown: Any = (
            CodeAgainForm(user=user)
            if self.kinds
            else PasswordAgainForm(user=user, request=self.request)
        )
        passkey = isinstance(bound, PasskeyAgainForm)
        return super().get_context_data(
            **kwargs,
            form=bound if bound is not None and not passkey else shown,
            has_passkey=PASSKEY in self.kinds,
            has_app=APP in self.kinds,
            passkey_options=begin_authentication(user) if PASSKEY in self.kinds else None,
            refusals=[each for errors in bound.errors.values() for each in errors]
            if passkey
            else [],
            next=self.next_url,
        )


class AsksForProof:
    """A view that is shown to whoever has just shown a factor; others are led to do so."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not is_proven(request):
            back = request.path if request.method == "GET" else reverse(OVERVIEW)
            return redirect(f"{reverse(PROVE)}?{urlencode({'next': back})}")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
