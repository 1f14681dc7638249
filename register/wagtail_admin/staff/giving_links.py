"""The main user gives the owner of an account a link for the password, and never sees one (C35)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from register.access.gate import may_change
from register.access.standing import User
from register.conf import register_settings
from register.domain.clients import hand_over_list
from register.domain.staff import links, mailing
from register.domain.staff.links import Given
from register.models.staff import named
from register.wagtail_admin.base.hand_over_link import hand_over_address
from register.wagtail_admin.base.objects import InspectView, ObjectView
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.seen import seal
from register.wagtail_admin.base.words import moment


class AccountCard(InspectView):
    """An account's own screen, with the way to a new password for its owner."""

    def get_header_buttons(self) -> list[HeaderButton]:
        buttons = super().get_header_buttons()
        is_own = self.instance.user_id == self.request.user.pk
        logs_in = self.instance.user.is_active and not self.instance.is_closed(self.today)
        if buttons and not is_own and logs_in:
            url = address(self.instance, "link")
            buttons.append(HeaderButton(_("Link for a new password"), url=url, icon_name="key"))
        asked: dict[str, Any] = {"by": self.request.user, "today": self.today}
        if count := hand_over_list.counted(**asked).get(self.instance.user_id):
            label = _("Hand over clients (%(count)d)") % {"count": count}
            url = hand_over_address(self.instance)
            buttons.append(HeaderButton(label, url=url, icon_name="group"))
        return buttons


class GivingView(ObjectView):
    """What a link does and to whom it goes, and one button; where no mail leaves, the link, once.

    It is shown in the answer to the POST, and kept nowhere: who loads the page again, makes anew.
    """

    def check_action_permitted(self, user: User) -> bool:
        return may_change(user, self.instance, today=self.today)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.instance.is_closed(self.today):
            raise Http404
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            given = links.give(
                member=self.instance,
                seen=self.seen,
                by=request.user,
                today=self.today,
                now=timezone.now(),
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(address(self.instance, "inspect"))
        if not given.link.by_mail:
            return self.render_to_response(self.get_context_data(given=given))
        self.mail(given)
        return redirect(address(self.instance, "inspect"))

    def mail(self, given: Given) -> None:
        name = named(self.instance.user)
        if mailing.mail_link(given):
            told = {"name": name, "moment": moment(given.link.expires_at)}
            messages.success(
                self.request,
                _("The link was sent to %(name)s. It works once, until %(moment)s.") % told,
            )
        else:
            messages.error(
                self.request,
                _(
                    "The mail to %(name)s could not be sent. Try again later, or tell the "
                    "administrator; the password is as it was."
                )
                % {"name": name},
            )

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs(), {"url": "", "label": _("Link for a new password")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by_mail = register_settings.LINKS_BY_MAIL
        time = register_settings.LINK_TIME if by_mail else register_settings.SHOWN_LINK_TIME
        return super().get_context_data(
            **{
                "person": named(self.instance.user),
                "mail_address": self.instance.user.email,
                "by_mail": by_mail,
                "hours": round(time.total_seconds() / 3600),
                "seen": seal(self.instance, by=self.request.user),
                "back_url": address(self.instance, "inspect"),
                "given": None,
                **kwargs,
                "expires": moment(kwargs["given"].link.expires_at) if "given" in kwargs else "",
            }
        )

    def get_template_names(self) -> list[str]:
        return ["register/admin/give_link.html"]
