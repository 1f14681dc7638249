"""Views of one object: its own screen, its history, its deletion."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.widgets.button import HeaderButton
from wagtail.log_actions import registry as log_registry

from register.access.gate import may_see
from register.access.standing import User
from register.db.encryption import Unreadable
from register.domain.access_log import reading
from register.exceptions import Erased, NotAllowed
from register.inventory import inventory
from register.models import RegisterLogEntry
from register.models.access_log import Action
from register.models.staff import named
from register.wagtail_admin.base.columns import ValueColumn
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.seen import NEVER, opened, seal
from register.wagtail_admin.base.view import RegisterView
from register.wagtail_admin.base.words import changes_in_words, plain


class ObjectView(RegisterView):
    """A view of one object, fetched from the visible rows and logged, or 404."""

    instance_pk = ""
    instance: Any = None

    def __init__(self, model_admin: Any, instance_pk: str) -> None:
        super().__init__(model_admin)
        self.instance_pk = instance_pk

    def find(self) -> None:
        self.instance = self.read_object()
        if self.instance is None:
            raise Erased if self.is_erased() else NotAllowed

    def read_object(self) -> Any:
        """Return the object from the visible rows, having logged that it was seen, or None."""
        user = self.request.user
        try:
            found = reading.read(
                self.model,
                to=user,
                today=self.today,
                view=self.view_name,
                action=self.action,
                narrow=lambda rows: self.model_admin.prepare_object(rows, user=user).filter(
                    pk=self.instance_pk
                ),
            )
        except (ValidationError, ValueError, OverflowError):
            found = []
        return found[0] if found else None

    @property
    def seen(self) -> int:
        """The version of the row that the person saw, as the posted form says under our seal."""
        return opened(
            self.request.POST.get("seen", ""),
            model=self.model,
            key=self.instance_pk,
            by=self.request.user,
        )

    def is_erased(self) -> bool:
        """Whether the person once saw the object that is not there any more.

        To anybody else an erased object is like one that never was.
        """
        if self.seen == NEVER:
            return False
        return not self.model._base_manager.filter(pk=self.instance_pk).exists()

    def changed_meanwhile(self) -> HttpResponse:
        """Show the object as it is now: the person decides anew."""
        messages.error(
            self.request,
            _("Somebody changed this while you had it open. Nothing was done: look at it again."),
        )
        return redirect(address(self.instance, "inspect"))

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        return [
            *self.model_admin.trail(self.instance),
            {
                "url": address(self.instance, "inspect"),
                "label": self.model_admin.title_of(self.instance),
            },
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"instance": self.instance, **kwargs})


class InspectView(ObjectView):
    """The object's own screen."""

    def check_action_permitted(self, user: User) -> bool:
        return bool(self.permission_helper.user_can_inspect_obj(user, self.instance))

    def get_header_buttons(self) -> list[HeaderButton]:
        buttons = []
        if self.model_admin.get_form_class(
            self.instance
        ) and self.permission_helper.user_can_edit_obj(self.request.user, self.instance):
            buttons.append(
                HeaderButton(_("Edit"), url=address(self.instance, "edit"), icon_name="edit")
            )
        if self.permission_helper.user_can_delete_obj(self.request.user, self.instance):
            buttons.append(
                HeaderButton(_("Delete"), url=address(self.instance, "delete"), icon_name="bin")
            )
        return buttons

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_change = self.permission_helper.user_can_edit_obj(self.request.user, self.instance)
        actions = [
            {"action": action, "url": address(self.instance, action.name)}
            for action in self.model_admin.actions
            if may_change and action.offered(self.instance)
        ]
        return super().get_context_data(
            **{
                # A template would tell a moment in the person's own time zone, and 0 as nothing.
                "details": [
                    (label, value if isinstance(value, Unreadable) else plain(value))
                    for label, value in self.model_admin.details_of(self.instance)
                ],
                "actions": actions,
                "card_url": self.card_url(),
                "seen": seal(self.instance, by=self.request.user) if actions else "",
                "history_url": address(self.instance, "history")
                if self.model_admin.history_view_enabled
                else None,
                **kwargs,
            }
        )

    def card_url(self) -> str | None:
        """Return where the client's card is whom the object is about, to those who see it."""
        path = inventory[self.model._meta.label].client_path
        if path in ("", "pk"):
            return None
        client = self.instance
        for name in path.split("__"):
            client = getattr(client, name, None)
        if client is None or not may_see(self.request.user, client, today=self.today):
            return None
        return address(client, "inspect")

    def get_template_names(self) -> list[str]:
        return [self.model_admin.inspect_template_name]


def user_of(entry: RegisterLogEntry) -> str:
    """Return who made an entry; "–" when the account is not there any more."""
    if entry.user_id is None:
        return _("The system")
    return named(entry.user) if entry.user else "–"


def told(entry: RegisterLogEntry) -> str:
    """Return what an entry of a history says was changed."""
    return changes_in_words(entry.content_type.model_class(), entry.data)


class HistoryView(ObjectView):
    """Who changed which fields of the object, and when; the values are not kept."""

    action = Action.HISTORY
    columns = [
        Column("message", label=gettext_lazy("Action")),
        Column("told", label=gettext_lazy("What was changed"), accessor=told),
        Column("user", label=gettext_lazy("User"), accessor=user_of),
        ValueColumn("timestamp", label=gettext_lazy("Date")),
    ]

    def check_action_permitted(self, user: User) -> bool:
        return bool(self.permission_helper.user_can_inspect_obj(user, self.instance))

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs(), {"url": "", "label": _("History")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = log_registry.get_logs_for_instance(self.instance).select_related(
            "content_type", "user"
        )[:200]
        table = Table(self.columns, list(entries), classname="listing")
        return super().get_context_data(**{"table": table, "media": table.media, **kwargs})

    def get_template_names(self) -> list[str]:
        return [self.model_admin.history_template_name]


class DeleteView(ObjectView):
    """Deleting reference data that nothing uses, or spam, after a page that says what is lost.

    Who uses it is not told: that may be hidden.
    """

    def check_action_permitted(self, user: User) -> bool:
        return bool(self.permission_helper.user_can_delete_obj(user, self.instance))

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs(), {"url": "", "label": _("Delete")}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.model_admin.delete_object(self.instance, seen=self.seen, by=request.user)
        except ProtectedError:
            return self.render_to_response(self.get_context_data(is_protected=True))
        messages.success(
            request, _("%(name)s was deleted.") % {"name": capfirst(self.verbose_name)}
        )
        return redirect(self.index_url)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = seal(self.instance, by=self.request.user)
        return super().get_context_data(
            **{
                "seen": seen,
                "object_name": self.model_admin.title_of(self.instance),
                "consequences": self.model_admin.lost_with(self.instance),
                "back_url": address(self.instance, "inspect"),
                **kwargs,
            }
        )

    def get_template_names(self) -> list[str]:
        return [self.model_admin.delete_template_name]
