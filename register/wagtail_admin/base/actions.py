"""Buttons on an object's screen that carry out a domain verb, by POST."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from register import permissions
from register.permissions import User

from .objects import ObjectView


@dataclass(frozen=True, slots=True)
class ObjectAction:
    """One button.

    Attributes:
        name: the word in the address.
        offered: whether the object's state asks for it.
        run: the domain verb, called with the object and `by`; raises NotAllowed (then 404), or
            ValidationError with what the person can do about it.
    """

    name: str
    label: Any
    explanation: Any
    done: Any
    offered: Callable[[Any], bool]
    run: Callable[..., Any]


class ActionView(ObjectView):
    """Carry out one action and return to the object's screen."""

    http_method_names = ["post"]
    action_name = ""

    def __init__(self, model_admin: Any, instance_pk: str, action_name: str) -> None:
        super().__init__(model_admin, instance_pk)
        self.action_name = action_name

    def check_action_permitted(self, user: User) -> bool:
        return permissions.may_see(user, self.instance)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for action in self.model_admin.actions:
            if action.name == self.action_name and action.offered(self.instance):
                break
        else:
            raise Http404
        try:
            action.run(self.instance, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, action.done)
        return redirect(self.url("inspect", self.instance.pk))
