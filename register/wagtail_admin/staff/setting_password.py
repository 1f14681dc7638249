"""The page that a one-time link leads to: the owner of an account sets the password (C35, C36).

Open to whoever comes. The secret stands behind the `#` of the address, which no browser sends: a
script posts it, and takes it out of the address. It is exchanged at once for a mark in the
session, and the page is loaded anew, so that neither address nor `Referer` holds anything.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages

from register.domain.staff import links
from register.domain.staff.links import Answer
from register.reference.clock import today

MARK = "register_link"  # in the session
TOLD = {
    Answer.UNKNOWN: _(
        "This is no link of ours, or a part of it is missing. Open the link as it was sent to you, "
        "or copy the whole of it."
    ),
    Answer.USED: _(
        "This link was used already: a password was set by it. Log in with that one. It wasn't "
        "you? Tell the data protection contact, and ask the main user for a new link."
    ),
    Answer.REPLACED: _(
        "A newer link was made for you, or you have changed your password since, so this one works "
        "no more. Log in with the new password, open the newer link, or ask the main user for "
        "another."
    ),
    Answer.EXPIRED: _("This link is too old. Ask the main user for a new one."),
    Answer.SUSPENDED: _(
        "Your login is removed for a time, so no password can be set now. Ask the main user for a "
        "link when it is back."
    ),
    Answer.CLOSED: _(
        "This account is closed, and its links open nothing. If you work here again, the main user "
        "adds a new account for you."
    ),
}


class SecretForm(forms.Form):
    """The secret: the script fills it in; without one, a person pastes the link."""

    link = forms.CharField(
        label=_("The link that you were given"),
        max_length=1000,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_link(self) -> str:
        return str(self.cleaned_data["link"].rpartition("#")[2].strip())


class PasswordForm(forms.Form):
    """The new password, twice."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )
    again = forms.CharField(
        label=_("New password again"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        return data


@method_decorator(never_cache, name="dispatch")
class LinkView(TemplateView):
    """Asks for the link, then for the password; or says why there is none to be set."""

    template_name = "register/admin/set_password.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mark = request.session.get(MARK)
        if not mark:
            return self.answer(form=SecretForm())
        worth = links.answer(mark, **self.asked)
        return self.answer(form=PasswordForm()) if worth is Answer.OPEN else self.tell(worth)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.exchange() if "link" in request.POST else self.set_password()

    def exchange(self) -> HttpResponse:
        form = SecretForm(self.request.POST)
        if not form.is_valid():
            return self.answer(form=form)
        mark = links.hashed(form.cleaned_data["link"])
        # Whoever was logged in here may be somebody else than the owner of the link.
        self.request.session.flush()
        worth = links.answer(mark, **self.asked)
        if worth is not Answer.OPEN:
            return self.tell(worth)
        self.request.session[MARK] = mark
        return redirect(links.NAME)

    def set_password(self) -> HttpResponse:
        form = PasswordForm(self.request.POST)
        mark = self.request.session.get(MARK, "")
        worth = links.answer(mark, **self.asked)
        if worth is not Answer.OPEN:
            return self.tell(worth)
        if not form.is_valid():
            return self.answer(form=form)
        try:
            worth = links.use(
                secret_hash=mark, password=form.cleaned_data["password"], **self.asked
            )
        except ValidationError as error:
            form.add_error("password", error)
            return self.answer(form=form)
        if worth is not Answer.OPEN:
            return self.tell(worth)
        self.request.session.flush()
        messages.success(self.request, _("The password is set. Log in with it."))
        return redirect(resolve_url(settings.LOGIN_URL))

    def tell(self, worth: Answer) -> HttpResponse:
        """Say why the link opens nothing, and what to do; whoever comes back is asked anew."""
        self.request.session.pop(MARK, None)
        return self.answer(status=410 if worth is not Answer.UNKNOWN else 404, told=TOLD[worth])

    def answer(self, *, status: int = 200, **context: Any) -> HttpResponse:
        mark = self.request.session.get(MARK, "")
        form = context.get("form")
        owner = links.owner(mark, **self.asked) if isinstance(form, PasswordForm) else None
        context |= {
            "username": owner.get_username() if owner else "",
            "asks_for_link": isinstance(form, SecretForm),
        }
        return self.render_to_response(self.get_context_data(**context), status=status)

    @property
    def asked(self) -> dict[str, Any]:
        return {"today": today(), "now": timezone.now()}
