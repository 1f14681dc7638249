"""Views of one object: its own screen, its history, its deletion."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, Table, UserColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import registry as log_registry

from register import permissions
from register.domain import access_log
from register.enums import Action

from .columns import DayColumn
from .view import RegisterView


class ObjectView(RegisterView):
    """A view of one object, fetched from the visible rows and logged, or 404."""

    instance_pk = ""

    def __init__(self, model_admin: Any, instance_pk: str) -> None:
        super().__init__(model_admin)
        self.instance_pk = instance_pk

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        try:
            found = access_log.read(
                self.model,
                to=request.user,
                view=self.view_name,
                action=self.action,
                narrow=lambda rows: self.model_admin.narrow_object(rows, user=request.user).filter(
                    pk=self.instance_pk
                ),
            )
        except (ValidationError, ValueError, OverflowError):
            found = []
        if not found:
            raise Http404
        self.instance = found[0]

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs(),
            {
                "url": self.url("inspect", self.instance.pk),
                "label": self.model_admin.title_of(self.instance),
            },
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"instance": self.instance, **kwargs})


class InspectView(ObjectView):
    """The object's own screen."""

    def check_action_permitted(self, user: permissions.User) -> bool:
        return bool(self.permission_helper.user_can_inspect_obj(user, self.instance))

    def get_header_buttons(self) -> list[HeaderButton]:
        buttons = []
        if self.model_admin.get_form_class(
            self.instance
        ) and self.permission_helper.user_can_edit_obj(self.request.user, self.instance):
            buttons.append(
                HeaderButton(_("Edit"), url=self.url("edit", self.instance.pk), icon_name="edit")
            )
        if self.permission_helper.user_can_delete_obj(self.request.user, self.instance):
            buttons.append(
                HeaderButton(_("Delete"), url=self.url("delete", self.instance.pk), icon_name="bin")
            )
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **{
                "details": self.model_admin.details_of(self.instance),
                "actions": [
                    {"action": action, "url": self.url(action.name, self.instance.pk)}
                    for action in self.model_admin.actions
                    if action.offered(self.instance)
                ],
                "history_url": self.url("history", self.instance.pk)
                if self.model_admin.history_view_enabled
                else None,
                **kwargs,
            }
        )

    def get_template_names(self) -> list[str]:
        return [self.model_admin.inspect_template_name]


class HistoryView(ObjectView):
    """Who changed the object and when; what was changed is not kept."""

    action = Action.HISTORY
    columns = [
        Column("message", label=gettext_lazy("Action")),
        UserColumn("user", label=gettext_lazy("User"), blank_display_name="–"),
        DayColumn("timestamp", label=gettext_lazy("Date")),
    ]

    def check_action_permitted(self, user: permissions.User) -> bool:
        return bool(self.permission_helper.user_can_inspect_obj(user, self.instance))

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs(), {"url": "", "label": _("History")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = log_registry.get_logs_for_instance(self.instance).select_related(
            "user__wagtail_userprofile"
        )[:200]
        table = Table(self.columns, list(entries), classname="listing")
        return super().get_context_data(**{"table": table, "media": table.media, **kwargs})

    def get_template_names(self) -> list[str]:
        return [self.model_admin.history_template_name]


class DeleteView(ObjectView):
    """Deleting reference data that nothing uses. Who uses it is not told: that may be hidden."""

    def check_action_permitted(self, user: permissions.User) -> bool:
        return bool(self.permission_helper.user_can_delete_obj(user, self.instance))

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs(), {"url": "", "label": _("Delete")}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.model_admin.delete_object(self.instance, by=request.user)
        except ProtectedError:
            return self.render_to_response(self.get_context_data(is_protected=True))
        messages.success(
            request, _("%(name)s was deleted.") % {"name": capfirst(self.verbose_name)}
        )
        return redirect(self.index_url)

    def get_template_names(self) -> list[str]:
        return [self.model_admin.delete_template_name]
