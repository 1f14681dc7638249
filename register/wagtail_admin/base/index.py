"""The list of a model: one page of visible rows, logged, searched by POST."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Table
from wagtail.admin.widgets.button import HeaderButton

from register.access.gate import visible
from register.access.standing import User
from register.db.keys import found, order_of
from register.domain.access_log import reading
from register.models.access_log import Action
from register.text.validators import TOO_LONG
from register.wagtail_admin.base.export import csv_response
from register.wagtail_admin.base.paginator import CappedPaginator
from register.wagtail_admin.base.view import RegisterView

LONGEST_QUERY = 200  # characters: more than any name, address and number together


class IndexView(RegisterView):
    """A list of visible rows: one page is fetched, logged and shown.

    The search is a POST, so that no name gets into an address, a log or a history.
    """

    http_method_names = ["get", "post", "head", "options"]

    def check_action_permitted(self, user: User) -> bool:
        return bool(self.permission_helper.user_can_list(user))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.get(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.query_is_too_long:
            told = TOO_LONG % {"limit_value": LONGEST_QUERY, "show_value": len(self.query)}
            messages.error(request, told)
        if request.GET.get("export") == "csv" and self.model_admin.export_columns:
            labels = {column.name: column.label for column in self.model_admin.table_columns}
            return csv_response(
                self.read(Action.EXPORT),
                columns={name: labels[name] for name in self.model_admin.export_columns},
                name=self.model_name,
            )
        return super().get(request, *args, **kwargs)

    @cached_property
    def query(self) -> str:
        typed = self.request.POST.get("q", "") if self.model_admin.search_fields else ""
        return typed.replace("\x00", "").strip()

    @property
    def query_is_too_long(self) -> bool:
        return len(self.query) > LONGEST_QUERY

    @cached_property
    def ordering(self) -> str:
        """The asked ordering, when a column offers it."""
        asked = self.request.GET.get("ordering", "")
        keys = {column.sort_key for column in self.model_admin.table_columns if column.sort_key}
        return asked if asked.removeprefix("-") in keys else ""

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Filter, search and order the visible rows."""
        rows = self.model_admin.prepare_list(rows, user=self.request.user)
        for filter_ in self.model_admin.filters:
            if value := filter_.chosen(self.request.GET):
                rows = filter_.apply(rows, value)
        if self.query_is_too_long:
            return rows.none()
        if self.query:
            rows = rows.filter(
                found(
                    self.model,
                    self.query,
                    keys=self.model_admin.search_fields,
                    numbers=self.model_admin.search_numbers,
                )
            )
        ordering = [self.ordering] if self.ordering else self.model_admin.ordering
        return rows.order_by(*(order_of(self.model, name) for name in ordering), "pk")

    def asked(self, hits: int) -> dict[str, Any]:
        """Return what the log says of a search: by which keys, and how much was found (C38)."""
        if not self.query:
            return {}
        by = [*self.model_admin.search_fields, *self.model_admin.search_numbers]
        return {"searched": by, "hits": hits}

    def read(
        self,
        action: Action,
        *,
        start: int = 0,
        stop: int | None = None,
        asked: dict[str, Any] | None = None,
    ) -> list[Any]:
        return reading.read(
            self.model,
            to=self.request.user,
            today=self.today,
            view=self.view_name,
            action=action,
            narrow=lambda rows: self.narrow(rows)[start:stop],
            asked=asked,
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
        rows = self.narrow(visible(self.model, to=self.request.user, today=self.today))
        paginator = CappedPaginator(rows, self.model_admin.list_per_page)
        number = paginator.number(self.request.POST.get("p") or self.request.GET.get("p"))
        start = (number - 1) * paginator.per_page
        # One row more than the page holds tells whether there is a next page.
        asked = self.asked(paginator.count)
        action = Action.SEARCH if asked else Action.LIST
        found = self.read(action, start=start, stop=start + paginator.per_page, asked=asked)
        table = Table(
            self.model_admin.table_columns,
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
                "carried": {"q": self.query} if self.query else {},
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
