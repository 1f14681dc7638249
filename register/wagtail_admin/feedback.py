"""Feedback, as counsellors read it (C19)."""

import json
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import TitleColumn

from register.models import Feedback

from .base import RegisterModelAdmin


class FeedbackAdmin(RegisterModelAdmin):
    model = Feedback
    menu_label = _("Feedback")
    menu_icon = "comment"
    menu_order = 130
    base_url_path = "palautteet"
    ordering = ("-received_on",)
    columns = (
        TitleColumn(
            "received_on",
            label=_("Received on"),
            sort_key="received_on",
            accessor=lambda row: f"{row.received_on:%d.%m.%Y}",
            url_name="palautteet_modeladmin_inspect",
        ),
    )

    def title_of(self, instance: Feedback) -> str:
        return f"{instance.received_on:%d.%m.%Y}"

    def details_of(self, instance: Feedback) -> Sequence[tuple[Any, Any]]:
        return [(question, answer) for question, answer in json.loads(instance.answers)]
