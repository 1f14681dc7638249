"""Wagtail's questions get the gate's answers (C29, C33)."""

from datetime import date

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from wagtail.permission_policies.base import BasePermissionPolicy

from register.access import gate, policy
from register.access.policy import GatePolicy
from register.models import (
    AccessLogEntry,
    Client,
    Controller,
    Feedback,
    LikelyDuplicate,
    Note,
    RetentionRun,
    Service,
    Statistic,
)
from register.models.staff import Role
from register.wagtail_admin.base.permission_helper import ObjectPermissionHelper
from tests.factories import (
    AssignmentFactory,
    BookkeepingRowFactory,
    ExportBatchFactory,
    HoldFactory,
    NoteFactory,
    ServiceOrderFactory,
    UserFactory,
    staff,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
MODELS = list(apps.get_app_config("register").get_models())
GATE = {
    "view": lambda user, obj: gate.may_see(user, obj, today=TODAY),
    "choose": lambda user, obj: gate.may_see(user, obj, today=TODAY),
    "change": lambda user, obj: gate.may_change(user, obj, today=TODAY),
    "delete": lambda user, obj: gate.may_delete(user, obj, today=TODAY),
    "publish": lambda user, obj: False,
}


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch):
    monkeypatch.setattr(policy, "today", lambda: TODAY)


@pytest.fixture
def rows(site_content):
    """At least one row of each model that somebody sees."""
    order = ServiceOrderFactory()
    Feedback.objects.create(answers="[]")
    BookkeepingRowFactory(batch=ExportBatchFactory())
    LikelyDuplicate.objects.create(client=order.client, other=HoldFactory().client)
    RetentionRun.objects.create(today=TODAY)
    Statistic.objects.create(year=2025, count=9)
    AccessLogEntry.objects.create(action="view", purpose="guidance", model="x", view="x")


def users():
    """One user in each role with a client and a note of their own, and those without any role."""
    for role in Role:
        user = staff(role)
        note = NoteFactory(author=user.staff_member)
        AssignmentFactory(user=user, content_object=note.order.client)
        yield user
    yield staff(*Role)
    yield staff()
    yield UserFactory(is_superuser=True)
    yield AnonymousUser()


def test_it_agrees_with_the_gate_for_every_role_model_and_action(rows):
    asked = 0
    everybody = list(users())
    for model in MODELS:
        asks: BasePermissionPolicy = GatePolicy(model)
        objects = list(model._base_manager.all()[:5])
        for user in everybody:
            may_add = gate.may_create(user, model, today=TODAY)
            assert asks.user_has_permission(user, "add") == may_add
            for action, answer in GATE.items():
                allowed = {obj for obj in objects if answer(user, obj)}
                asked += len(objects)
                assert allowed == {
                    obj
                    for obj in objects
                    if asks.user_has_permission_for_instance(user, action, obj)
                }, (model, user, action)
                assert allowed == set(objects) & set(
                    asks.instances_user_has_permission_for(user, action)
                )
                if allowed:
                    assert asks.user_has_permission(user, action)
    assert asked > 1000


def test_a_list_that_may_be_empty_is_a_permission_and_none_is_none():
    asks = GatePolicy(Client)
    assert asks.user_has_permission(staff(Role.COUNSELLOR), "change")
    assert not asks.user_has_permission(staff(Role.DATA_PROTECTION), "change")
    assert not asks.user_has_any_permission(staff(Role.EDITOR), ["view", "add", "delete"])


def test_actions_add_up():
    both = staff(Role.COUNSELLOR, Role.DATA_PROTECTION)
    own = AssignmentFactory(user=both).content_object
    held = HoldFactory().client
    asks = GatePolicy(Client)
    assert set(asks.instances_user_has_any_permission_for(both, ["change"])) == {own}
    assert set(asks.instances_user_has_any_permission_for(both, ["change", "view"])) == {own, held}


def test_it_names_the_users_who_may():
    counsellor, main_user = staff(Role.COUNSELLOR), staff(Role.MAIN_USER)
    UserFactory(is_superuser=True)
    order = ServiceOrderFactory()
    assert set(GatePolicy(Service).users_with_permission("view")) == {counsellor, main_user}
    assert set(GatePolicy(Service).users_with_permission("delete")) == {main_user}
    clients = GatePolicy(Client)
    assert set(clients.users_with_permission_for_instance("view", order.client)) == set()
    AssignmentFactory(user=counsellor, content_object=order.client)
    assert set(clients.users_with_permission_for_instance("view", order.client)) == {counsellor}


def test_the_screens_ask_it(rows):
    for user in users():
        for model in (Client, Note, Service, Controller):
            helper = ObjectPermissionHelper(model, inspect_view_enabled=True)
            assert helper.user_can_list(user) == gate.may_list(user, model, today=TODAY)
            assert helper.user_can_create(user) == gate.may_create(user, model, today=TODAY)
            for obj in model._base_manager.all()[:5]:
                assert helper.user_can_inspect_obj(user, obj) == GATE["view"](user, obj)
                assert helper.user_can_edit_obj(user, obj) == GATE["change"](user, obj)
                assert helper.user_can_delete_obj(user, obj) == GATE["delete"](user, obj)


def test_rows_of_several_actions_add_up(rows):
    """What one action allows is not lost by asking for the next as well."""
    counsellor = staff(Role.COUNSELLOR)
    found = GatePolicy(Service).instances_user_has_any_permission_for
    assert set(found(counsellor, ["view", "change"])) == set(Service.objects.all())
    assert set(found(counsellor, ["change", "view"])) == set(Service.objects.all())
