"""The list of a model: one page of visible rows, logged, searched by POST."""

from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin.ui.tables import Table
from wagtail.admin.widgets.button import HeaderButton

from register import permissions
from register.domain import access_log
from register.enums import Action

from .export import csv_response
from .paginator import CappedPaginator
from .view import RegisterView


class IndexView(RegisterView):
    """A list of visible rows: one page is fetched, logged and shown.

    The search is a POST, so that no name gets into an address, a log or a history.
    """

    http_method_names = ["get", "post", "head", "options"]

    def check_action_permitted(self, user: permissions.User) -> bool:
        return bool(self.permission_helper.user_can_list(user))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.get(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "csv" and self.model_admin.export_columns:
            rows = self.read(Action.EXPORT)
            return csv_response(rows, columns=self.model_admin.export_columns, name=self.model_name)
        return super().get(request, *args, **kwargs)

    @cached_property
    def query(self) -> str:
        typed = self.request.POST.get("q", "") if self.model_admin.search_fields else ""
        return typed.replace("\x00", "").strip()[:200]

    @cached_property
    def ordering(self) -> str:
        """The asked ordering, when a column offers it."""
        asked = self.request.GET.get("ordering", "")
        keys = {column.sort_key for column in self.model_admin.columns if column.sort_key}
        return asked if asked.removeprefix("-") in keys else ""

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Filter, search and order the visible rows."""
        rows = self.model_admin.narrow_list(rows, user=self.request.user)
        for filter_ in self.model_admin.filters:
            if value := filter_.chosen(self.request.GET):
                rows = filter_.apply(rows, value)
        for word in self.query.split():
            rows = rows.filter(
                Q(
                    *((f"{field}__icontains", word) for field in self.model_admin.search_fields),
                    _connector=Q.OR,
                )
            )
        ordering = [self.ordering] if self.ordering else list(self.model_admin.ordering)
        return rows.order_by(*ordering, "pk")

    def read(self, action: Action, *, start: int = 0, stop: int | None = None) -> list[Any]:
        return access_log.read(
            self.model,
            to=self.request.user,
            view=self.view_name,
            action=action,
            narrow=lambda rows: self.narrow(rows)[start:stop],
        )

    def get_header_buttons(self) -> list[HeaderButton]:
        buttons = []
        if self.model_admin.adds_from_list and self.permission_helper.user_can_create(
            self.request.user
        ):
            buttons.append(
                HeaderButton(
                    _("Add %(name)s") % {"name": self.verbose_name},
                    url=self.create_url,
                    icon_name="plus",
                )
            )
        if self.model_admin.export_columns:
            buttons.append(
                HeaderButton(_("Export as CSV"), url="?export=csv", icon_name="download")
            )
        return buttons

    def get_filters(self) -> list[dict[str, Any]]:
        return [
            {
                "label": filter_.label,
                "parameter": filter_.parameter,
                "chosen": filter_.chosen(self.request.GET),
                "choices": filter_.choices,
            }
            for filter_ in self.model_admin.filters
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.narrow(permissions.visible(self.model, to=self.request.user))
        paginator = CappedPaginator(rows, self.model_admin.list_per_page)
        number = paginator.number(self.request.POST.get("p") or self.request.GET.get("p"))
        start = (number - 1) * paginator.per_page
        # One row more than the page holds tells whether there is a next page.
        found = self.read(Action.LIST, start=start, stop=start + paginator.per_page)
        table = Table(
            self.model_admin.columns,
            found,
            ordering=self.ordering or None,
            base_url=self.index_url,
            classname="listing",
        )
        has_next = paginator.count > start + paginator.per_page
        return super().get_context_data(
            **{
                "table": table,
                "media": table.media,
                "object_list": found,
                "paginator": paginator,
                "page_number": number,
                "has_next": has_next,
                "query": self.query,
                "has_search": bool(self.model_admin.search_fields),
                "search_hint": self.model_admin.search_hint,
                "filters_shown": self.get_filters(),
                "is_narrowed": bool(self.query)
                or any(f.chosen(self.request.GET) for f in self.model_admin.filters),
                **kwargs,
            }
        )

    def get_template_names(self) -> list[str]:
        return [self.model_admin.index_template_name]
