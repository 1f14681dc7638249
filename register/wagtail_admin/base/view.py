"""What all register views share.

They differ from modeladmin's own in what was measured on 2.5.0: objects are fetched from the
visible rows, reads are logged before anything is shown, refusal and absence both answer 404,
no query parameter is an ORM lookup, and history is shown only of what one may see.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from wagtail.admin.widgets.button import HeaderButton
from wagtail_modeladmin.views import WMABaseView

from register.exceptions import Erased, Stale, UntoldPurpose
from register.models.access_log import Action


class RegisterView(WMABaseView):
    """What all views share: 404 instead of 403, no caching, breadcrumbs and buttons.

    A verb's refusals are answers here: not allowed, erased meanwhile, changed meanwhile.
    """

    action = Action.VIEW

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.find()
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied:
            return self.out_of_reach()
        except Erased:
            return self.erased_meanwhile()
        except Stale:
            return self.changed_meanwhile()
        except UntoldPurpose as shut:
            return self.nothing_saved(status=409, title=_("Not yet"), reason=str(shut))

    def find(self) -> None:
        """Find what the view is about, before anything else. Raises NotAllowed or Erased."""

    def out_of_reach(self) -> HttpResponse:
        """Answer as if there were nothing, whether there is or not."""
        raise Http404

    def erased_meanwhile(self) -> HttpResponse:
        """Say that what the person saw was erased since."""
        return self.nothing_saved(
            status=410,
            title=_("Erased meanwhile"),
            reason=_("This was erased while you had it open, so nothing could be saved."),
        )

    def changed_meanwhile(self) -> HttpResponse:
        """Say that somebody changed what the person saw; views of one object can meet this."""
        raise Http404

    def nothing_saved(
        self, *, status: int, title: str, reason: str, typed: Sequence[tuple[str, str]] = ()
    ) -> HttpResponse:
        """Say why nothing was saved, and give back what was typed, as (label, text) pairs."""
        may_list = self.permission_helper.user_can_list(self.request.user)
        context = {
            "header_title": title,
            "page_title": title,
            "header_icon": "warning",
            "reason": reason,
            "typed": typed,
            "index_url": self.index_url if may_list else None,
        }
        return TemplateResponse(
            self.request, "register/admin/nothing_saved.html", context, status=status
        )

    @property
    def today(self) -> date:
        day: date = self.model_admin.today
        return day

    @property
    def view_name(self) -> str:
        return f"{self.model_name}_{type(self).__name__.removesuffix('View').lower()}"

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        return [{"url": self.index_url, "label": capfirst(self.verbose_name_plural)}]

    def get_header_buttons(self) -> list[HeaderButton]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "breadcrumbs_items": self.get_breadcrumbs(),
                "header_title": self.get_breadcrumbs()[-1]["label"],
                "header_icon": self.header_icon,
                "header_buttons": self.get_header_buttons(),
                **kwargs,
            }
        )
