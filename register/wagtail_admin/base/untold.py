"""What a view answers that would use data for a purpose of which clients are still to be told."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from register.exceptions import UntoldPurpose


class AnswersUntold:
    """A view that stands not on `RegisterView`, and says all the same why it is shut (C19)."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except UntoldPurpose as shut:
            title = _("Not yet")
            context = {
                "header_title": title,
                "page_title": title,
                "header_icon": "warning",
                "reason": str(shut),
            }
            template = "register/admin/nothing_saved.html"
            return TemplateResponse(request, template, context, status=409)
        return answer
