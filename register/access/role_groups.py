"""A role is membership in the group of the same name: one fact, which Wagtail understands too."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from register.models.staff import Role


def create_role_groups(**kwargs: Any) -> None:
    """Make one group per role, each with access to the Wagtail admin. Runs after `migrate`."""
    using = kwargs.get("using", "default")
    admin, _ = ContentType.objects.db_manager(using).get_or_create(
        app_label="wagtailadmin", model="admin"
    )
    access, _ = Permission.objects.using(using).get_or_create(
        content_type=admin, codename="access_admin", defaults={"name": "Can access Wagtail admin"}
    )
    for role in Role.values:
        group, _ = Group.objects.using(using).get_or_create(name=role)
        group.permissions.add(access)
