"""One's own second factors, and where one is logged in (C36)."""

from base64 import b64encode
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from register.access import running_sessions
from register.access.second_factor import (
    APP,
    METHOD,
    OVERVIEW,
    PASSKEY,
    SHOW_CODES,
    factors_of,
    is_required,
)
from register.domain.staff import second_factor
from register.exceptions import LastFactor, NotAllowed
from register.reference.clock import local, today
from register.wagtail_admin.base.words import moment
from register.wagtail_admin.staff.factor_forms import BEGUN, AddAppForm, AddPasskeyForm, RenameForm
from register.wagtail_admin.staff.prove import AsksForProof

TITLE = gettext_lazy("Log-in confirmation")


@method_decorator(never_cache, name="dispatch")
class OwnView(WagtailAdminTemplateMixin, TemplateView):
    """What the pages share: one's own rows, and the way back."""

    header_icon = "lock"
    page_title: Any = TITLE

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [*super().get_breadcrumbs_items(), {"url": reverse(OVERVIEW), "label": TITLE}]
        if self.page_title != TITLE:
            items.append({"url": "", "label": self.page_title})
        return items

    def own(self, pk: int, *kinds: str) -> Authenticator:
        """Return a factor of one's own. Of another's there is none."""
        found = factors_of(self.request.user).filter(pk=pk, type__in=kinds or (PASSKEY, APP))
        if (row := found.first()) is None:
            raise Http404
        return row

    def shown(self, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**kwargs))


class OverviewView(OwnView):
    """Passkeys, app, recovery codes, and the sessions that are running."""

    template_name = "register/admin/factors.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session so marked, or all but this one."""
        marked, this = request.POST.get("session"), request.session.session_key
        if marked:
            ended = running_sessions.end(request.user, marked=marked, but=this)
        else:
            ended = running_sessions.end(request.user, but=this)
        if ended:
            messages.success(request, _("Ended. Whoever was there has to log in again."))
        return redirect(OVERVIEW)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, request = self.request.user, self.request
        factors = list(factors_of(user).order_by("created_at"))
        codes = second_factor.recovery_codes(user) if factors else None
        return super().get_context_data(
            **kwargs,
            passkeys=[told(each) for each in factors if each.type == PASSKEY],
            apps=[told(each) for each in factors if each.type == APP],
            codes_left=len(codes) if codes is not None else 0,
            has_factor=bool(factors),
            is_required=is_required(),
            may_remove=len(factors) > 1 or not is_required(),
            sessions=[
                {
                    "mark": each.mark,
                    "since": moment(each.since),
                    "used": moment(each.used),
                    "browser": each.browser or _("Unknown browser"),
                    "is_this": each.is_this,
                }
                for each in running_sessions.running_of(user, this=request.session.session_key)
            ],
        )


class AddPasskeyView(AsksForProof, OwnView):
    template_name = "register/admin/add_passkey.html"
    page_title = gettext_lazy("Add a passkey")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AddPasskeyForm(user=request.user, data=request.POST)
        if not form.is_valid():
            return self.shown(form=form)
        had = factors_of(request.user).exists()
        added = second_factor.add_passkey(**form.cleaned_data, by=request.user, today=today())
        return self.lead_on(added, had=had, done=_("The passkey was added."))

    def lead_on(self, added: Authenticator, *, had: bool, done: str) -> HttpResponse:
        """Whoever adds a factor has just shown it. With the first one recovery codes came."""
        request = self.request
        record_authentication(request, request.user, METHOD, id=added.pk, type=added.type)
        messages.success(request, done)
        return redirect(OVERVIEW if had else SHOW_CODES)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        kwargs.setdefault("form", AddPasskeyForm(user=user))
        refusals = kwargs["form"].errors.values() if kwargs["form"].is_bound else ()
        return super().get_context_data(
            **kwargs,
            passkey_options=begin_registration(user, False),
            refusals=[each for errors in refusals for each in errors],
        )


class AddAppView(AddPasskeyView):
    """The secret as a picture and as a text, drawn here and shown to nobody else."""

    template_name = "register/admin/add_app.html"
    page_title = gettext_lazy("Add an authenticator app")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AddAppForm(request.POST, user=request.user, session=request.session)
        if not form.is_valid():
            return self.shown(form=form)
        had = factors_of(request.user).exists()
        added = second_factor.add_app(secret=form.secret, by=request.user, today=today())
        del request.session[BEGUN]
        return self.lead_on(added, had=had, done=_("The app was added."))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, session = self.request.user, self.request.session
        kwargs.setdefault("form", AddAppForm(user=user, session=session))
        secret, adapter = kwargs["form"].secret, get_adapter()
        drawn = adapter.build_totp_svg(adapter.build_totp_url(user, secret))
        return super(AddPasskeyView, self).get_context_data(
            **kwargs,
            secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            picture=f"data:image/svg+xml;base64,{b64encode(drawn.encode()).decode()}",
            replaces=factors_of(user).filter(type=APP).exists(),
        )


class RenameView(AsksForProof, OwnView):
    template_name = "register/admin/rename_passkey.html"
    page_title = gettext_lazy("Rename the passkey")

    def post(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponse:
        form = RenameForm(request.POST)
        passkey = self.own(pk, PASSKEY)
        if not form.is_valid():
            return self.shown(form=form, pk=pk)
        name = form.cleaned_data["name"]
        second_factor.rename_passkey(passkey=passkey, name=name, by=request.user, today=today())
        messages.success(request, _("Renamed."))
        return redirect(OVERVIEW)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        passkey = told(self.own(kwargs["pk"], PASSKEY))
        kwargs.setdefault("form", RenameForm(initial={"name": passkey["name"]}))
        return super().get_context_data(**kwargs, factor=passkey)


class RemoveView(AsksForProof, OwnView):
    """Says what removing does, before it is done. A lost device's sessions end with it."""

    template_name = "register/admin/remove_factor.html"
    page_title = gettext_lazy("Remove a second factor")

    def post(self, request: HttpRequest, *args: Any, pk: int, **kwargs: Any) -> HttpResponse:
        try:
            second_factor.remove_factor(factor=self.own(pk), by=request.user, today=today())
        except LastFactor:
            messages.error(
                request,
                _("A log-in takes a second factor, and this is your only one: add another first."),
            )
        except NotAllowed:
            raise Http404 from None
        else:
            running_sessions.end(request.user, but=request.session.session_key)
            messages.success(request, _("Removed. Your other sessions have ended."))
        return redirect(OVERVIEW)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.own(kwargs["pk"])
        is_last = not factors_of(self.request.user).exclude(pk=row.pk).exists()
        return super().get_context_data(
            **kwargs, factor=told(row), is_last=is_last, may_remove=not (is_last and is_required())
        )


class CodesView(AsksForProof, OwnView):
    """The recovery codes that are left; a POST makes new ones."""

    template_name = "register/admin/recovery_codes.html"
    page_title = gettext_lazy("Recovery codes")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not factors_of(request.user).exists():
            return redirect(OVERVIEW)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        second_factor.renew_recovery_codes(by=request.user, today=today())
        messages.success(request, _("New codes were made. Those of before are worth nothing."))
        return redirect(SHOW_CODES)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        codes = second_factor.recovery_codes(self.request.user)
        return super().get_context_data(**kwargs, codes=codes)


class CodesFileView(CodesView):
    """The same as a file of text, to be kept where the telephone is not."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        codes = second_factor.recovery_codes(request.user)
        if not codes:
            raise Http404
        text = render_to_string("register/admin/recovery_codes.txt", {"codes": codes})
        return HttpResponse(
            text,
            content_type="text/plain; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="palautuskoodit.txt"'},
        )


def told(factor: Authenticator) -> dict[str, Any]:
    """Return what a page says of a factor."""
    used = factor.last_used_at
    name = factor.wrap().name if factor.type == PASSKEY else str(_("Authenticator app"))
    return {
        "pk": factor.pk,
        "name": name,
        "is_passkey": factor.type == PASSKEY,
        "since": moment(local(factor.created_at)),
        "used": moment(local(used)) if used else "",
    }
