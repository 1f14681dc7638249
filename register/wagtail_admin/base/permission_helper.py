"""modeladmin's permission helper, asking the gate with the object in hand."""

from typing import Any

from wagtail_modeladmin.helpers import PermissionHelper

from register import permissions
from register.permissions import User


class ObjectPermissionHelper(PermissionHelper):
    """Every question goes to `register.permissions`; model-wide permissions answer none."""

    def user_has_any_permissions(self, user: User) -> bool:
        return permissions.may_list(user, self.model)

    def user_has_specific_permission(self, user: User, perm_codename: str) -> bool:
        return False

    def user_can_list(self, user: User) -> bool:
        return permissions.may_list(user, self.model)

    def user_can_create(self, user: User) -> bool:
        return permissions.may_create(user, self.model)

    def user_can_inspect_obj(self, user: User, obj: Any) -> bool:
        return self.inspect_view_enabled and permissions.may_see(user, obj)

    def user_can_edit_obj(self, user: User, obj: Any) -> bool:
        return permissions.may_change(user, obj)

    def user_can_delete_obj(self, user: User, obj: Any) -> bool:
        return permissions.may_delete(user, obj)
