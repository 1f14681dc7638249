"""The slip for the client: what is held, who gets it, the rights, and the day of the erasure."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.admin import messages

from register.access.gate import may_change
from register.access.standing import User
from register.domain.notices import handing_out, in_force
from register.domain.retention import erasure_date
from register.domain.retention.erasure_words import order_sentence, sentence
from register.models import Controller
from register.wagtail_admin.base.objects import ObjectView
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.words import plain


class SlipView(ObjectView):
    """One page to print for the client, in the client's language, and the mark that it was given.

    Opening it is logged as a read of the client.
    """

    def check_action_permitted(self, user: User) -> bool:
        return bool(self.permission_helper.user_can_inspect_obj(user, self.instance))

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        label = _("Slip for the client: %(name)s") % {"name": self.instance.name}
        return [*super().get_breadcrumbs(), {"url": "", "label": label}]

    @property
    def language(self) -> str:
        """The language that was chosen, of those of the site; else the site's own."""
        chosen = self.request.GET.get("kieli", "")
        return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            row = handing_out.hand_out(
                client=self.instance,
                version=int(request.POST.get("version", "0")[:9]),
                by=request.user,
                today=self.today,
            )
        except ValueError:
            messages.error(request, _("Nothing was marked: open the slip anew."))
            return redirect(request.get_full_path())
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
            return redirect(request.get_full_path())
        told = {"version": row.notice_version, "day": plain(row.given_on)}
        messages.success(
            request, _("Marked: version %(version)s of the notice was given on %(day)s.") % told
        )
        return redirect(address(self.instance, "inspect"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        client, today = self.instance, self.today
        ends = erasure_date.of_client(client)
        with translation.override(self.language):
            notice = in_force.notice()
            told = sentence(ends, today=today)
            orders = [
                (order.service, order_sentence(ends, order, today=today)) for order in ends.orders
            ]
        return super().get_context_data(
            **{
                "notice": notice,
                "sentence": told,
                "orders": orders if len(orders) > 1 else [],
                "language": self.language,
                "languages": settings.LANGUAGES,
                "controller": Controller.objects.order_by("pk").first(),
                "may_hand_out": may_change(self.request.user, client, today=today),
                "card_url": address(client, "inspect"),
                **kwargs,
            }
        )

    def get_template_names(self) -> list[str]:
        return ["register/admin/client_slip.html"]
