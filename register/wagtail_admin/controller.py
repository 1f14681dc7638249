"""The controller's facts in the site's settings: Wagtail's own screen, saved by our verb."""

from copy import copy
from functools import cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.contrib.settings.views import EditView

from register.access.gate import may_change
from register.domain import controller
from register.exceptions import Stale
from register.models import Controller
from register.reference.clock import today
from register.wagtail_admin.base import conflicts
from register.wagtail_admin.base.seen import SeenField
from register.wagtail_admin.base.unchanged import KeepsUnchanged

STREETS = ("street_address", "contact_street_address")
SAME = "same_address"
SAME_ASKED = _(
    "This is the controller's own street address too. They are two addresses: compare them. If "
    "they really are the same, tick that at the end of the form and save again."
)


class ControllerForm(KeepsUnchanged):
    """What Wagtail's own form doesn't do: nothing cut, nothing read anew that was not changed.

    Two street addresses that become one are asked about first (O3).
    """

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        pair = [cleaned.get(name) for name in STREETS]
        asked = set(STREETS) & set(self.changed_data)
        if asked and pair[0] and pair[0] == pair[1] and SAME not in self.data:
            self.asks_whether_same = True
            self.add_error(STREETS[1], SAME_ASKED)
        return cleaned

    asks_whether_same = False


class ControllerView(EditView):
    """The settings' form. Who changed which fact is in the log of use as well (C38)."""

    template_name = "register/admin/controller.html"

    def get_object(self, queryset: Any = None) -> Model:
        found: Controller = super().get_object(queryset)
        if not may_change(self.request.user, found, today=today()):
            raise PermissionDenied
        return found

    def get_form_class(self) -> Any:
        return with_our_rules(super().get_form_class())

    def get_form(self, form_class: Any = None) -> Any:
        return self.made_from(self.object, **self.get_form_kwargs())

    def made_from(self, row: Model, **arguments: Any) -> Any:
        """Return the form of a row, with what the person saw of it in hidden fields."""
        form = self.get_form_class()(**arguments | {"instance": copy(row)})
        for field in form.fields.values():
            field.show_hidden_initial = True
        form.fields["seen"] = SeenField(row, by=self.request.user)
        return form

    def save_instance(self) -> Model:
        facts = set(self.form.changed_data) - {"seen"}
        self.has_content_changes = bool(facts)
        return controller.change(
            self.object,
            changes={name: self.form.cleaned_data[name] for name in facts},
            seen=self.form.cleaned_data["seen"],
            by=self.request.user,
            today=today(),
        )

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Stale:
            return self.compare(form)

    def compare(self, stale: Any) -> HttpResponse:
        """Answer a form whose facts another editor changed since it was shown: with both."""
        row = Controller.objects.get(pk=self.object.pk)
        arguments = self.get_form_kwargs()
        fresh = self.made_from(row, **arguments | {"data": None, "files": None})
        data = conflicts.rebase(stale, fresh, row=row, by=self.request.user)
        shown = self.made_from(row, **arguments | {"data": data})
        shown.full_clean()
        seen = stale.cleaned_data["seen"]
        told = conflicts.tell(shown, stale, fresh, row=row, seen=seen)
        if not told and not shown.changed_data:
            return redirect(self.get_success_url())
        messages.error(self.request, conflicts.CHANGED_MEANWHILE)
        self.form = shown
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        bound = (field for field in context["form"] if field.field.show_hidden_initial)
        hidden = [field.as_hidden(only_initial=True) for field in bound]
        asked = SAME if context["form"].asks_whether_same else ""
        return context | {"hidden_initials": hidden, "same_address": asked}


@cache
def with_our_rules(form_class: Any) -> Any:
    """Return Wagtail's form class with ours in front of it."""
    return type(form_class.__name__, (ControllerForm, form_class), {"Meta": form_class.Meta})


def urls() -> list[URLPattern]:
    """Return the address of Wagtail's own view of this setting, to be found before that one."""
    names = {"app_name": Controller._meta.app_label, "model_name": Controller._meta.model_name}
    address = "settings/{app_name}/{model_name}/<int:pk>/".format(**names)
    return [path(address, ControllerView.as_view(), names)]
