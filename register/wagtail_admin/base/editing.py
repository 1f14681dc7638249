"""Views that add and change: their saving is a domain verb."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin
from wagtail.admin import messages

from register import permissions

from .objects import ObjectView
from .view import RegisterView


class FormView(FormMixin[Any], RegisterView):
    """A form whose saving is a domain verb. What was typed stays when something is wrong.

    Attributes:
        verb: the ModelAdmin's method that saves.
        done: what is said when it is saved.
    """

    instance: Any = None
    verb: str
    done: Any

    def get_form_class(self) -> Any:
        form_class = self.model_admin.get_form_class(self.instance)
        if form_class is None:
            raise Http404
        return form_class

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "instance": self.instance,
            "by": self.request.user,
            **self.model_admin.get_form_kwargs(self.request, self.instance),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form()
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            instance = getattr(self.model_admin, self.verb)(form, by=self.request.user)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        names = {"name": capfirst(self.verbose_name), "number": instance}
        messages.success(self.request, self.done % names)
        return redirect(self.model_admin.success_url(instance))

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.validation_error(
            self.request, _("Nothing was saved yet: please check the fields below."), form
        )
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.get_form()
        return super().get_context_data(
            **{
                "form": form,
                "media": form.media,
                "action_url": self.request.get_full_path(),
                "page_subtitle": "",
                "page_title": self.get_breadcrumbs()[-1]["label"],
                "submit_button_label": _("Save"),
                "submit_button_active_label": _("Saving…"),
                **kwargs,
            }
        )


class CreateView(FormView):
    """Adding an object."""

    verb = "add_object"
    done = gettext_lazy("%(name)s %(number)s was added.")

    def check_action_permitted(self, user: permissions.User) -> bool:
        return bool(self.permission_helper.user_can_create(user))

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        label = _("New: %(name)s") % {"name": self.verbose_name}
        return [*super().get_breadcrumbs(), {"url": "", "label": label}]

    def get_template_names(self) -> list[str]:
        return [self.model_admin.create_template_name]


class EditView(FormView, ObjectView):
    """Changing an object."""

    verb = "change_object"
    done = gettext_lazy("%(name)s %(number)s was saved.")

    def check_action_permitted(self, user: permissions.User) -> bool:
        return bool(self.permission_helper.user_can_edit_obj(user, self.instance))

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs(), {"url": "", "label": _("Edit")}]

    def get_template_names(self) -> list[str]:
        return [self.model_admin.edit_template_name]
