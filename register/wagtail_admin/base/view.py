"""What all register views share.

They differ from modeladmin's own in what was measured on 2.5.0: objects are fetched from the
visible rows, reads are logged before anything is shown, refusal and absence both answer 404,
no query parameter is an ORM lookup, and history is shown only of what one may see.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache
from wagtail.admin.widgets.button import HeaderButton
from wagtail_modeladmin.views import WMABaseView

from register.enums import Action
from register.exceptions import NotAllowed


class RegisterView(WMABaseView):
    """What all views share: 404 instead of 403, no caching, breadcrumbs and buttons."""

    action = Action.VIEW

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.check_action_permitted(request.user):
            raise Http404
        try:
            return never_cache(super().dispatch)(request, *args, **kwargs)
        except NotAllowed:
            raise Http404 from None

    @property
    def view_name(self) -> str:
        return f"{self.model_name}_{type(self).__name__.removesuffix('View').lower()}"

    def url(self, action: str, *args: Any) -> str:
        return self.url_helper.get_action_url(action, *args)

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
