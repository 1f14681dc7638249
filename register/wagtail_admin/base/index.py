"""The list of a model: one page of visible rows, logged, searched by POST and a redirect."""

from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Table
from wagtail.admin.widgets.button import HeaderButton

from register.access.gate import visible
from register.access.standing import User
from register.db.keys import found, order_of
from register.domain.access_log import reading
from register.domain.operations import kept_results
from register.exceptions import SearchExpired
from register.models.access_log import Action
from register.text.validators import TOO_LONG
from register.wagtail_admin.base.export import csv_response
from register.wagtail_admin.base.listing import SEARCH, ListState
from register.wagtail_admin.base.paginator import CappedPaginator
from register.wagtail_admin.base.row_menu import menu_of
from register.wagtail_admin.base.view import RegisterView

LONGEST_QUERY = 200  # characters: more than any name, address and number together


class IndexView(RegisterView):
    """A list of visible rows: one page is fetched, logged and shown.

    The search is a POST, so that no name gets into an address, a log or a history. It is answered
    by a redirect to what it found, kept for half an hour, so that Back leads to an ordinary page.
    """

    http_method_names = ["get", "post", "head", "options"]

    def check_action_permitted(self, user: User) -> bool:
        return bool(self.permission_helper.user_can_list(user))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.query_is_too_long:
            return self.get(request, *args, **kwargs)
        return redirect(self.index_url + self.state.query(**{SEARCH: self.keep_search()}))

    def keep_search(self) -> str:
        """Keep what is found among all visible rows, and return its token; "" for no search."""
        if not self.query:
            return ""
        rows = visible(self.model, to=self.request.user, today=self.today)
        return self.keep(kept_results.keys_of(self.in_order(rows.filter(self.found()))))

    def keep(self, found: Any) -> str:
        session = self.request.session.session_key or ""
        return kept_results.keep(found, session=session, now=timezone.now())

    @cached_property
    def kept(self) -> Any:
        """What the search of the address found; None without one, and when it is over."""
        if not self.state.search:
            return None
        session = self.request.session.session_key or ""
        try:
            return kept_results.opened(self.state.search, session=session, now=timezone.now())
        except SearchExpired:
            return None

    @property
    def search_is_over(self) -> bool:
        return bool(self.state.search) and self.kept is None

    @cached_property
    def state(self) -> ListState:
        keys = {column.sort_key for column in self.model_admin.table_columns if column.sort_key}
        return ListState.of(self.request.GET, filters=self.model_admin.filters, orderings=keys)

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

    def found(self) -> Q:
        """The condition that a row is among what was searched for."""
        return found(
            self.model,
            self.query,
            keys=self.model_admin.search_fields,
            numbers=self.model_admin.search_numbers,
        )

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Filter, search and order the visible rows."""
        rows = self.model_admin.prepare_list(rows, user=self.request.user)
        for filter_ in self.model_admin.filters:
            if value := self.state.filters.get(filter_.parameter):
                rows = filter_.apply(rows, value)
        if self.query_is_too_long or self.search_is_over:
            return rows.none()
        return self.in_order(self.searched(rows))

    def searched(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return those of the rows that the kept search found."""
        return rows if self.kept is None else kept_results.among(rows, self.kept)

    def in_order(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        names = [self.state.ordering] if self.state.ordering else self.model_admin.ordering
        return rows.order_by(*(order_of(self.model, name) for name in names), "pk")

    def asked(self, hits: int) -> dict[str, Any]:
        """Return what the log says of a search: by which keys, and how much was found (C38)."""
        if self.kept is None:
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
        if self.model_admin.adds_from_list and self.may_add:
            buttons.append(
                HeaderButton(
                    _("Add %(name)s") % {"name": self.verbose_name},
                    url=self.create_url,
                    icon_name="plus",
                )
            )
        if self.model_admin.export_columns:
            buttons.append(
                HeaderButton(
                    _("Export as CSV"), url=self.state.query(export="csv"), icon_name="download"
                )
            )
        return buttons

    def get_filters(self) -> list[dict[str, Any]]:
        """The filters, each choice with its link: search, order and other filters stay."""
        return [
            {
                "label": each.label,
                "chosen": self.state.filters.get(each.parameter, ""),
                "choices": [
                    {
                        "value": value,
                        "label": label,
                        "url": self.index_url + self.state.query(**{each.parameter: value}),
                    }
                    for value, label in (("", _("All")), *each.choices)
                ],
            }
            for each in self.model_admin.filters
        ]

    def get_pills(self, hits: str) -> list[dict[str, Any]]:
        """What the list is narrowed by, each with the address without it."""
        pills = [
            {
                "label": each.label,
                "value": dict(each.choices)[value],
                "url": self.index_url + self.state.query(**{each.parameter: ""}),
            }
            for each in self.model_admin.filters
            if (value := self.state.filters.get(each.parameter))
        ]
        if self.state.search:
            # What was typed is not kept, and so not shown.
            told = _("expired") if self.search_is_over else _("found: %(hits)s") % {"hits": hits}
            without = self.index_url + self.state.query(**{SEARCH: ""})
            pills.insert(0, {"label": _("Search"), "value": told, "url": without})
        return pills

    def empty_reason(self) -> Any:
        """Why nothing is shown."""
        if self.search_is_over:
            return _("The search has expired. Search again.")
        if self.state.search:
            return _("The search found nothing. Try a part of the name, or fewer words.")
        if self.state.filters:
            return _("Nothing matches the filters.")
        return self.model_admin.empty_text or _("There is nothing here yet.")

    def empty_act(self) -> dict[str, Any] | None:
        """What to do next where nothing is shown."""
        if self.state.is_narrowed:
            return {"label": _("Show all"), "url": self.index_url}
        if self.model_admin.adds_from_list and self.may_add:
            label = _("Add %(name)s") % {"name": self.verbose_name}
            return {"label": label, "url": self.create_url}
        return None

    @property
    def may_add(self) -> bool:
        return bool(self.permission_helper.user_can_create(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.narrow(visible(self.model, to=self.request.user, today=self.today))
        paginator = CappedPaginator(rows, self.model_admin.list_per_page)
        number = paginator.number(self.state.page)
        start = (number - 1) * paginator.per_page
        # One row more than the page holds tells whether there is a next page.
        asked = self.asked(paginator.count)
        action = Action.SEARCH if asked else Action.LIST
        found = self.read(action, start=start, stop=start + paginator.per_page, asked=asked)
        menu = menu_of(found, self.model_admin, by=self.request.user, today=self.today)
        table = Table(
            [*self.model_admin.table_columns, *([menu] if menu else [])],
            found,
            ordering=self.state.ordering or None,
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
                "search_url": self.index_url + self.state.query(**{SEARCH: ""}),
                "has_search": bool(self.model_admin.search_fields),
                "search_hint": self.model_admin.search_hint,
                "filters_shown": self.get_filters(),
                "pills": self.get_pills(paginator.count_label),
                "empty_reason": self.empty_reason() if not found else "",
                "empty_act": self.empty_act(),
                "is_narrowed": self.state.is_narrowed or self.query_is_too_long,
                **kwargs,
            }
        )

    def get_template_names(self) -> list[str]:
        return [self.model_admin.index_template_name]
