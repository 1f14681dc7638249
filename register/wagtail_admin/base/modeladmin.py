"""The one ModelAdmin on which all registrations stand (a system check insists)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import re_path
from django.utils import timezone
from wagtail.admin.ui.tables import Column
from wagtail_modeladmin.options import ModelAdmin

from register.exceptions import NotAllowed
from register.permissions import User

from .actions import ActionView, ObjectAction
from .editing import CreateView, EditView
from .filters import Filter
from .index import IndexView
from .objects import DeleteView, HistoryView, InspectView
from .permission_helper import ObjectPermissionHelper


class RegisterModelAdmin(ModelAdmin):
    """Screens that start from `permissions.visible`, log every read, and answer 404 to refusal.

    Attributes:
        adds_from_list: whether the list offers adding; not when a new object needs a parent.
        columns: the list's columns; the first one links to the object. Only a `sort_key` named
            here can order the list.
        filters: the list's filters; no other query parameter means anything.
        search_fields: lookups that the search box asks, by POST: no name gets into a URL.
        search_hint: what one may type there.
        form_class: the form for adding and editing; None when there is neither.
        actions: buttons on the object's screen.
        export_columns: names and labels of a CSV export; empty when there is none.
    """

    permission_helper_class = ObjectPermissionHelper
    index_view_class = IndexView
    create_view_class = CreateView
    edit_view_class = EditView
    inspect_view_class = InspectView
    delete_view_class = DeleteView
    history_view_class = HistoryView

    index_template_name = "register/admin/index.html"
    create_template_name = "register/admin/form.html"
    edit_template_name = "register/admin/form.html"
    inspect_template_name = "register/admin/inspect.html"
    delete_template_name = "register/admin/delete.html"
    history_template_name = "register/admin/history.html"

    inspect_view_enabled = True
    list_per_page = 20

    adds_from_list = True
    columns: Sequence[Column] = ()
    filters: Sequence[Filter] = ()
    search_fields: Sequence[str] = ()
    search_hint: Any = ""
    ordering: Sequence[str] = ("pk",)
    form_class: type[forms.ModelForm[Any]] | None = None
    export_columns: dict[str, Any] = {}
    actions: Sequence[ObjectAction] = ()

    def narrow_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        """Prepare the list's rows: select_related, annotations. They are filtered already."""
        return rows

    def narrow_object(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        """Prepare the single row of an object's own views."""
        return rows

    def title_of(self, instance: Any) -> str:
        """What the object's own screens call it. Shown after the gate, and never stored."""
        return str(instance)

    def details_of(self, instance: Any) -> Sequence[tuple[Any, Any]]:
        """(label, value) pairs of the object's own screen."""
        return [
            (field.verbose_name, display(instance, field.name))
            for field in instance._meta.fields
            if field.name != "id"
        ]

    def get_form_class(self, instance: Any) -> type[forms.ModelForm[Any]] | None:
        """The form for a new object (`instance` is None) or a changed one, where there is one."""
        return self.form_class

    def get_form_kwargs(self, request: HttpRequest, instance: Any) -> dict[str, Any]:
        """Further arguments of the form. NotAllowed when it belongs to no object of one's own."""
        return {}

    def add_object(self, form: Any, *, by: User) -> Model:
        """Carry out the domain verb for a new object; a screen without one refuses."""
        raise NotAllowed

    def change_object(self, form: Any, *, by: User) -> Model:
        """Carry out the domain verb for a changed object; a screen without one refuses."""
        raise NotAllowed

    def delete_object(self, instance: Any, *, by: User) -> None:
        """Carry out the domain verb that deletes; only reference data is deleted by hand."""
        raise NotAllowed

    def success_url(self, instance: Any) -> str:
        """Where a saved form leads."""
        return self.url_helper.get_action_url("inspect", instance.pk)

    @property
    def today(self) -> date:
        return timezone.localdate()

    def action_view(self, request: HttpRequest, instance_pk: str, action_name: str) -> HttpResponse:
        view = ActionView.as_view(
            model_admin=self, instance_pk=instance_pk, action_name=action_name
        )
        return view(request)

    def get_admin_urls_for_registration(self) -> tuple[Any, ...]:
        urls: tuple[Any, ...] = super().get_admin_urls_for_registration()
        return urls + tuple(
            re_path(
                self.url_helper.get_action_url_pattern(action.name),
                self.action_view,
                {"action_name": action.name},
                name=self.url_helper.get_action_url_name(action.name),
            )
            for action in self.actions
        )

    # What modeladmin would otherwise register for everyone:

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Nothing but the visible rows, for whatever part of modeladmin still asks here."""
        from register.permissions import visible

        return visible(self.model, to=request.user)

    def get_permissions_for_registration(self) -> QuerySet[Permission]:
        """No model-wide permission opens the register: none is offered to groups."""
        return Permission.objects.none()

    def register_indexing(self) -> None:
        """Personal models stay out of the reference index."""

    def register_admin_url_finders(self) -> None:
        """No finder: Wagtail would link from reports to objects without asking the gate."""


def label(instance: Any, name: str) -> Any:
    """Return a field's name as a person reads it."""
    return instance._meta.get_field(name).verbose_name


def display(instance: Any, name: str) -> Any:
    """Return a field's value as a person reads it."""
    getter = getattr(instance, f"get_{name}_display", None)
    return getter() if getter is not None else getattr(instance, name)
