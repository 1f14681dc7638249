"""The one ModelAdmin on which all registrations stand (a system check insists)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from django.utils.text import capfirst
from wagtail_modeladmin.options import ModelAdmin

from register.access.standing import User
from register.exceptions import NotAllowed
from register.reference.clock import today
from register.wagtail_admin.base.actions import ActionView, ObjectAction
from register.wagtail_admin.base.columns import Column, table_columns
from register.wagtail_admin.base.details import Detail, described, field_names
from register.wagtail_admin.base.editing import CreateView, EditView
from register.wagtail_admin.base.filters import Filter
from register.wagtail_admin.base.generic import ModelForm
from register.wagtail_admin.base.index import IndexView
from register.wagtail_admin.base.objects import DeleteView, HistoryView, InspectView, ObjectView
from register.wagtail_admin.base.permission_helper import ObjectPermissionHelper
from register.wagtail_admin.base.screens import address, menu_label, screen_of


class RegisterModelAdmin(ModelAdmin):
    """Screens that start from `visible`, log every read, and answer 404 to refusal.

    Address, menu and icon come from the table in `base.screens`.

    Attributes:
        adds_from_list: whether the list offers adding; not when a new object needs a parent.
        columns: the list's columns, or names of fields; the first one links to the object. Only
            those that are `sortable` can order the list.
        details: what the object's own screen shows, or names of fields; all fields unless told.
        filters: the list's filters; no other query parameter means anything.
        search_fields: keys that the search box asks, by POST: no name gets into a URL.
        search_numbers: register numbers that it asks, where no key has them.
        search_hint: what one may type there.
        empty_text: why the list is empty, and what brings something into it.
        form_class: the form for adding and editing; None when there is neither.
        actions: buttons on the object's screen.
        object_views: further views of one object, by the word in the address.
        export_columns: the names of those columns that a CSV export holds; none, no export.
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
    columns: Sequence[Column | str] = ()
    details: Sequence[Detail | str] = ()
    filters: Sequence[Filter] = ()
    search_fields: Sequence[str] = ()
    search_numbers: Sequence[str] = ()
    search_hint: Any = ""
    empty_text: Any = ""
    ordering: Sequence[str] = ("pk",)
    form_class: type[ModelForm] | None = None
    export_columns: Sequence[str] = ()
    actions: Sequence[ObjectAction] = ()
    object_views: Mapping[str, type[ObjectView]] = {}

    def __init__(self, parent: Any = None) -> None:
        screen = screen_of(self.model)
        self.base_url_path = screen.path
        self.menu_icon = screen.icon
        self.menu_order = screen.order
        self.menu_label = menu_label(self.model)
        self.add_to_admin_menu = screen.order is not None
        super().__init__(parent)
        self.table_columns = table_columns(self.model, self.columns)

    def prepare_list(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        """Prepare the list's rows: select_related, annotations. They are filtered already."""
        return rows

    def prepare_object(self, rows: QuerySet[Any], *, user: User) -> QuerySet[Any]:
        """Prepare the single row of an object's own views, which may need more than the list."""
        return self.prepare_list(rows, user=user)

    def title_of(self, instance: Any) -> str:
        """What the object's own screens call it. Shown after the gate, and never stored."""
        return str(instance)

    def about(self, instance: Any) -> str:
        """What a new object is about, where it is added to another one. Shown after the gate."""
        return ""

    def trail(self, instance: Any) -> list[dict[str, Any]]:
        """Breadcrumbs up to an object: its list, or what it is added to."""
        label = capfirst(self.model._meta.verbose_name_plural)
        return [{"url": address(self.model, "index"), "label": label}]

    def back_url(self, instance: Any) -> str:
        """Where a form is left to without saving: the object's own screen, or the list."""
        if instance is None or instance._state.adding:
            return address(self.model, "index")
        return address(instance, "inspect")

    def details_of(self, instance: Any) -> Sequence[tuple[Any, Any]]:
        """(label, value) pairs of the object's own screen."""
        return described(instance, self.details or field_names(self.model))

    def whose(self, form: Any) -> str:
        """Whose data a form is about: the client by name, where one is. Shown after the gate."""
        return self.title_of(form.instance)

    def row_links(self, instance: Any) -> Sequence[tuple[Any, str]]:
        """(label, address) of further acts in the row's menu; the person may change the object."""
        return ()

    def lost_with(self, instance: Any) -> Sequence[Any]:
        """What deleting the object does, when and to whom, in sentences."""
        return ()

    def told_of(self, instance: Any) -> str:
        """What is said of an object that was added or changed; "" for the usual words."""
        return ""

    def get_form_class(self, instance: Any) -> type[ModelForm] | None:
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

    def delete_object(self, instance: Any, *, seen: int, by: User) -> None:
        """Carry out the domain verb that deletes; only reference data is deleted by hand."""
        raise NotAllowed

    def success_url(self, instance: Any) -> str:
        """Where a saved form leads."""
        return address(instance, "inspect")

    @property
    def today(self) -> date:
        return today()

    def get_admin_urls_for_registration(self) -> tuple[Any, ...]:
        return (
            *super().get_admin_urls_for_registration(),
            *(self.url_of(item.name, ActionView, action_name=item.name) for item in self.actions),
            *(self.url_of(name, view) for name, view in self.object_views.items()),
        )

    def url_of(self, name: str, view: type[ObjectView], **attributes: str) -> URLPattern:
        """Return the URL pattern of a view of one object: `name` is the word in the address."""

        def serve(request: HttpRequest, instance_pk: str) -> HttpResponseBase:
            start = {"model_admin": self, "instance_pk": instance_pk, **attributes}
            return view.as_view(**start)(request)

        return re_path(
            self.url_helper.get_action_url_pattern(name),
            serve,
            name=self.url_helper.get_action_url_name(name),
        )

    # What modeladmin would otherwise register for everyone:

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Nothing but the visible rows, for whatever part of modeladmin still asks here."""
        from register.access.gate import visible

        return visible(self.model, to=request.user, today=self.today)

    def get_permissions_for_registration(self) -> QuerySet[Permission]:
        """No model-wide permission opens the register: none is offered to groups."""
        return Permission.objects.none()

    def register_indexing(self) -> None:
        """Personal models stay out of the reference index."""

    def register_admin_url_finders(self) -> None:
        """No finder: Wagtail would link from reports to objects without asking the gate."""
