"""modeladmin's permission helper, asking the gate with the object in hand."""

from typing import Any

from wagtail_modeladmin.helpers import PermissionHelper

from register.access.policy import GatePolicy
from register.access.standing import User


class ObjectPermissionHelper(PermissionHelper):
    """Every question goes to the gate's policy; model-wide permissions answer none."""

    def __init__(self, model: Any, inspect_view_enabled: bool = False) -> None:
        super().__init__(model, inspect_view_enabled)
        self.policy = GatePolicy(model)

    def user_has_any_permissions(self, user: User) -> bool:
        return self.user_can_list(user)

    def user_has_specific_permission(self, user: User, perm_codename: str) -> bool:
        return False

    def user_can_list(self, user: User) -> bool:
        return self.policy.user_has_permission(user, "view")

    def user_can_create(self, user: User) -> bool:
        return self.policy.user_has_permission(user, "add")

    def user_can_inspect_obj(self, user: User, obj: Any) -> bool:
        return self.inspect_view_enabled and self.policy.user_has_permission_for_instance(
            user, "view", obj
        )

    def user_can_edit_obj(self, user: User, obj: Any) -> bool:
        return self.policy.user_has_permission_for_instance(user, "change", obj)

    def user_can_delete_obj(self, user: User, obj: Any) -> bool:
        return self.policy.user_has_permission_for_instance(user, "delete", obj)
