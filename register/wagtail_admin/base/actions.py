"""Buttons on an object's screen that carry out a domain verb, by POST.

What can't be taken back has a page of its own, which says what will happen, when and to whom,
before it is done; only what is harmless is one click.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from register.access.gate import may_change
from register.access.standing import User
from register.exceptions import Stale
from register.wagtail_admin.base.editing import add_errors
from register.wagtail_admin.base.objects import ObjectView
from register.wagtail_admin.base.screens import address
from register.wagtail_admin.base.seen import NEVER, seal


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectAction:
    """One button. It is declared harmless, or it has a page that says what it will do.

    Attributes:
        name: the word in the address.
        explanation: what is said beside the button.
        offered: whether the object's state asks for it.
        run: the domain verb, called with the object, `seen`, `by` and `today`, and the values of
            the form. ValidationError says what the person can do about it; the view answers to
            what else a verb raises.
        harmless: whether it can be taken back, or hurts nobody: one click.
        consequences: what will happen, when and to whom, in sentences, given the object, `by`
            and `today`: the words of the page.
        form_class: what the page asks for.
        serious: whether something is lost for good: the button is red.
        on_rows: whether it stands in the menu of a list's row; not where `offered` asks the
            database, which would be once a row.
    """

    name: str
    label: Any
    explanation: Any
    done: Any
    offered: Callable[[Any], bool]
    run: Callable[..., Any]
    harmless: bool = False
    consequences: Callable[..., Sequence[Any]] | None = None
    form_class: type[Any] | None = None
    serious: bool = True
    on_rows: bool = True

    def __post_init__(self) -> None:
        if self.harmless == (self.consequences is not None):
            raise TypeError(f"{self.name}: harmless, or with a page that says what it will do.")


class ActionView(ObjectView):
    """Carry out one action and return to the object's screen; what is irreversible, asks first."""

    action_name = ""

    def __init__(self, model_admin: Any, instance_pk: str, action_name: str) -> None:
        super().__init__(model_admin, instance_pk)
        self.action_name = action_name
        [self.object_action] = [each for each in model_admin.actions if each.name == action_name]

    def check_action_permitted(self, user: User) -> bool:
        return may_change(user, self.instance, today=self.today)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page that says what will happen. What is harmless has none."""
        if self.object_action.harmless:
            return self.http_method_not_allowed(request)
        if not self.object_action.offered(self.instance):
            raise Http404
        return self.ask()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action = self.object_action
        if not action.offered(self.instance):
            if self.seen == NEVER:
                raise Http404
            raise Stale(self.model._meta.label, self.instance.pk)
        form = self.get_form()
        if not action.harmless and "confirmed" not in request.POST:
            return self.ask()
        if form is not None and not form.is_valid():
            return self.ask(form)
        values = form.cleaned_data if form is not None else {}
        asked = {name: value for name, value in values.items() if name != "seen"}
        try:
            action.run(self.instance, seen=self.seen, by=request.user, today=self.today, **asked)
        except ValidationError as error:
            if form is not None:
                add_errors(form, error)
                return self.ask(form)
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, action.done)
        return redirect(address(self.instance, "inspect"))

    def ask(self, form: Any = None) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form or self.get_form()))

    def get_form(self) -> Any:
        form_class = self.object_action.form_class
        if form_class is None:
            return None
        data = self.request.POST if "confirmed" in self.request.POST else None
        return form_class(data=data, instance=self.instance, by=self.request.user)

    def get_breadcrumbs(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs(), {"url": "", "label": self.object_action.label}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        consequences = self.object_action.consequences
        by, day = self.request.user, self.today
        return super().get_context_data(
            **{
                "action": self.object_action,
                "object_name": self.model_admin.title_of(self.instance),
                "consequences": consequences(self.instance, by=by, today=day)
                if consequences
                else (),
                "seen": seal(self.instance, by=by),
                "back_url": address(self.instance, "inspect"),
                **kwargs,
            }
        )

    def get_template_names(self) -> list[str]:
        return ["register/admin/confirm_action.html"]
