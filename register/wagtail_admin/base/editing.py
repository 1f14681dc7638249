"""Views that add and change: their saving is a domain verb."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from register.access.gate import visible
from register.access.standing import User
from register.db.encryption import ENCRYPTED_SUFFIX
from register.domain.operations import saved_once
from register.exceptions import ErasesSoon, SavedBefore, Stale
from register.wagtail_admin.base import conflicts, erased_soon
from register.wagtail_admin.base.forms import WORD
from register.wagtail_admin.base.generic import FormMixin
from register.wagtail_admin.base.objects import ObjectView
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.view import RegisterView
from register.wagtail_admin.base.words import given_back

SAVED_BEFORE = gettext_lazy(
    "This form was saved already, and now says something else. Look at what was saved, and change "
    "it there. Saving here adds another one."
)


def sent(data: QueryDict) -> str:
    """Return all that a form says, but for what is another in each answer."""
    said = sorted((name, data.getlist(name)) for name in data if name not in erased_soon.OWN)
    return repr(said)


def add_errors(form: Any, error: ValidationError) -> None:
    """Put a verb's complaints beside the fields that they are about, and the rest on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, complaints in error.error_dict.items():
        name = name.removesuffix(ENCRYPTED_SUFFIX)
        form.add_error(name if name in form.fields else None, complaints)


class FormView(FormMixin, RegisterView):
    """A form whose saving is a domain verb. What was typed stays when something is wrong.

    Attributes:
        verb: the ModelAdmin's method that saves.
        done: what is said when it is saved.
    """

    instance: Any = None
    form: Any = None
    verb: str
    done: Any

    @property
    def row(self) -> Any:
        """The row that the form is about: the object, or the new one with what it is added to."""
        return self.form.instance if self.instance is None and self.form else self.instance

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
        if erased_soon.BACK in request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def ask_about_erasure(self, soon: ErasesSoon, *, whose: str) -> HttpResponse:
        """Say what saving would erase, and when, before anything is saved."""
        context = {
            **super().get_context_data(),
            "erased": erased_soon.in_words(soon.outlook, name=whose),
            "typed": erased_soon.typed(self.request.POST),
            "sign": soon.sign,
            "action_url": self.request.get_full_path(),
            "back_name": erased_soon.BACK,
            "confirmed_name": erased_soon.CONFIRMED,
        }
        return TemplateResponse(self.request, "register/admin/erased_soon.html", context)

    def save(self, form: Any) -> Any:
        """Carry out the verb, and return the row."""
        return getattr(self.model_admin, self.verb)(form, by=self.request.user)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            instance = self.save(form)
        except ValidationError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        except ErasesSoon as soon:
            return self.ask_about_erasure(soon, whose=self.model_admin.whose(form))
        return self.saved(instance)

    def saved(self, instance: Any) -> HttpResponse:
        names = {"name": capfirst(self.verbose_name), "number": instance}
        messages.success(self.request, self.model_admin.told_of(instance) or self.done % names)
        return redirect(self.model_admin.success_url(instance))

    def out_of_reach(self) -> HttpResponse:
        """Answer as if there were nothing, there or not, and give back what was typed."""
        if self.request.method != "POST":
            return super().out_of_reach()
        return self.nothing_saved(
            status=404,
            title=_("Not open to you"),
            reason=_("This is not here, or not open to you any more, so nothing could be saved."),
        )

    def nothing_saved(self, **answer: Any) -> HttpResponse:
        form_class = self.model_admin.get_form_class(self.instance)
        fields = form_class.base_fields if form_class else {}
        return super().nothing_saved(**answer, typed=given_back(fields, self.request.POST))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))

    def get_form(self, form_class: Any = None) -> Any:
        self.form = super().get_form(form_class)
        return self.form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.form = kwargs.pop("form", None) or self.get_form()
        title = self.get_breadcrumbs()[-1]["label"]
        return super().get_context_data(
            **{
                "form": form,
                "media": form.media,
                "action_url": self.request.get_full_path(),
                "back_url": self.model_admin.back_url(self.row),
                "complaint": _("Nothing was saved yet: please check the fields below."),
                # What was typed into a form that came back is on no page but this.
                "has_unsaved_changes": form.is_bound,
                "page_subtitle": "",
                "page_title": title,
                "submit_button_label": _("Save"),
                "submit_button_active_label": _("Saving…"),
                **kwargs,
            }
        )


class CreateView(FormView):
    """Adding an object."""

    verb = "add_object"
    done = gettext_lazy("%(name)s %(number)s was added.")

    def check_action_permitted(self, user: User) -> bool:
        return bool(self.permission_helper.user_can_create(user))

    def save(self, form: Any) -> Any:
        return saved_once.save_once(partial(super().save, form), now=timezone.now(), **self.form_id)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except SavedBefore as before:
            return self.saved_before(form, before)

    def form_invalid(self, form: Any) -> HttpResponse:
        try:
            saved_once.refuse_saved(**self.form_id)
        except SavedBefore as before:
            return self.saved_before(form, before)
        return super().form_invalid(form)

    @property
    def form_id(self) -> dict[str, Any]:
        """Which form was sent, by whom, and what it says."""
        return {
            "word": self.request.POST.get(WORD, ""),
            "sent": sent(self.request.POST),
            "account": self.request.user.pk,
        }

    def saved_before(self, form: Any, before: SavedBefore) -> HttpResponse:
        """Lead to the row that this form added; first say so, if it says something else now.

        Saving once more is then a form of its own.
        """
        rows = visible(self.model, to=self.request.user, today=self.today)
        row = rows.filter(pk=before.key).first()
        if before.same:
            return self.saved(row) if row else redirect(self.index_url)
        form.data = form.data.copy()
        form.data[WORD] = saved_once.new_word()
        return self.render_to_response(
            self.get_context_data(
                form=form,
                complaint=SAVED_BEFORE,
                now_url=self.model_admin.success_url(row) if row else self.index_url,
            )
        )

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        """Lead to what the new object is added to, and name it."""
        label = _("New: %(name)s") % {"name": self.verbose_name}
        about = self.model_admin.about(self.row) if self.row else ""
        trail = self.model_admin.trail(self.row) if self.row else super().get_breadcrumbs()
        return [*trail, {"url": "", "label": f"{label}: {about}" if about else label}]

    def get_template_names(self) -> list[str]:
        return [self.model_admin.create_template_name]


class EditView(FormView, ObjectView):
    """Changing an object."""

    verb = "change_object"
    done = gettext_lazy("%(name)s %(number)s was saved.")

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Stale:
            return self.compare(form)

    def compare(self, stale: Any) -> HttpResponse:
        """Answer a form whose row somebody changed since it was shown: with both values."""
        by = self.request.user
        self.find()
        form_class, arguments = self.get_form_class(), self.get_form_kwargs()
        fresh = form_class(**arguments | {"data": None, "files": None})
        data = conflicts.rebase(stale, fresh, row=self.instance, by=by)
        shown = form_class(**arguments | {"data": data})
        shown.full_clean()
        told = conflicts.tell(shown, stale, fresh, row=self.instance, seen=stale.seen)
        if not told and not shown.changed_data:
            # Somebody else saved the very same, or the same button was pressed twice.
            return self.saved(self.instance)
        return self.render_to_response(
            self.get_context_data(
                form=shown,
                complaint=conflicts.CHANGED_MEANWHILE,
                now_url=address(self.instance, "inspect"),
            )
        )

    def check_action_permitted(self, user: User) -> bool:
        return bool(self.permission_helper.user_can_edit_obj(user, self.instance))

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        label = f"{_('Edit')}: {self.model_admin.title_of(self.instance)}"
        return [*super().get_breadcrumbs(), {"url": "", "label": label}]

    def get_template_names(self) -> list[str]:
        return [self.model_admin.edit_template_name]
