"""C33: one group a role, with access to the admin and nothing else."""

import pytest
from django.contrib.auth.models import Group

from register.access.role_groups import create_role_groups
from register.models.staff import Role

pytestmark = pytest.mark.django_db


def test_each_role_has_its_group_with_access_to_the_admin_alone():
    Group.objects.all().delete()
    create_role_groups()
    for role in Role:
        group = Group.objects.get(name=role)
        assert [each.codename for each in group.permissions.all()] == ["access_admin"]


def test_making_them_again_changes_nothing():
    before = list(Group.objects.values_list("pk", "name"))
    create_role_groups()
    assert list(Group.objects.values_list("pk", "name")) == before
