"""The gate in the form in which Wagtail asks: a permission policy for one model."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, QuerySet
from wagtail.permission_policies.base import BasePermissionPolicy

from register.reference.clock import today

from . import gate
from .standing import User

ADDING = ("add", "create")
# What Wagtail calls an action on a row, and the rows on which the gate allows it.
ROWS: dict[str, Callable[..., QuerySet[Any]]] = {
    "view": lambda model, user: gate.visible(model, to=user, today=today()),
    "choose": lambda model, user: gate.visible(model, to=user, today=today()),
    "change": lambda model, user: gate.changeable(model, by=user, today=today()),
    "delete": lambda model, user: gate.deletable(model, by=user, today=today()),
}


class GatePolicy(BasePermissionPolicy):
    """Answer Wagtail's questions about a register model from the gate, on today's date.

    An action that the gate has no word for, such as publishing, is nobody's.
    """

    def user_has_permission(self, user: User, action: str) -> bool:
        """Whether the user may add such rows, or has a list of those to see, change or delete."""
        if action in ADDING:
            return gate.may_create(user, self.model, today=today())
        return not self.instances_user_has_any_permission_for(user, [action]).query.is_empty()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Any]:
        """Return the active users who have one of the permissions."""
        wanted = tuple(actions)
        return self._users(lambda user: self.user_has_any_permission(user, wanted))

    def user_has_permission_for_instance(self, user: User, action: str, instance: Model) -> bool:
        rows = self.instances_user_has_any_permission_for(user, [action])
        return rows.filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(
        self, user: User, actions: Iterable[str]
    ) -> QuerySet[Any]:
        allowed: QuerySet[Any] = self.model._default_manager.none()
        for action in actions:
            if action in ROWS:
                allowed |= ROWS[action](self.model, user)
        return allowed

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Model
    ) -> QuerySet[Any]:
        """Return the active users who have one of the permissions on this row."""
        wanted = tuple(actions)
        return self._users(
            lambda user: self.user_has_any_permission_for_instance(user, wanted, instance)
        )

    def _users(self, allowed: Callable[[Any], bool]) -> QuerySet[Any]:
        users = get_user_model()._default_manager.filter(is_active=True)
        return users.filter(pk__in=[user.pk for user in users if allowed(user)])
