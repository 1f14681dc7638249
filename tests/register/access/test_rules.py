"""One rule a model: what may be changed or deleted may be seen (C33)."""

from datetime import date
from itertools import combinations

import pytest
from django.apps import apps

from privacy_notice.models import Approval, PromiseResult, Withdrawal
from register.access.gate import changeable, deletable, may_create, purpose_of, visible
from register.access.rules import RULES, all_rows
from register.access.standing import SYSTEM, effective_access
from register.inventory.vocabulary import Purpose
from register.models import (
    AccessChange,
    Acknowledgement,
    Assignment,
    Controller,
    DocumentVersion,
    Feedback,
    Office,
    Processor,
    RoleRequest,
    Service,
    StaffDocument,
    StaffHearing,
    StaffMember,
)
from register.models.staff import Role
from register.wagtail_admin.base import RegisterModelAdmin
from tests.factories import (
    AcknowledgementFactory,
    AssignmentFactory,
    BookkeepingRowFactory,
    ExportBatchFactory,
    HoldFactory,
    NoteFactory,
    OfficeFactory,
    ServiceFactory,
    staff,
)

TODAY = date(2026, 11, 25)
# Nobody's list: written by the system, and read through other models.
WITHOUT_RULE = {
    "AccessLogSubject",
    "Erasure",
    "ErasureRecord",
    "EncryptionKey",
    "FactorSecret",
    "Heartbeat",
    "KeptResult",
    "ListedUnit",
    "FailedLogIns",
    "LogInAttempts",
    "MaterialChange",
    "OneTimeLink",
    "PublishedPurpose",
    "PublishedYear",
    "RegisterLogEntry",
    "Seal",
    "StatisticTally",
    "TrainingWarning",
}


def screens(cls=RegisterModelAdmin):
    for screen in cls.__subclasses__():
        yield screen
        yield from screens(screen)


def test_each_model_has_a_rule_or_is_nobodys():
    ruled = {model.__name__ for model in RULES if model._meta.app_label == "register"}
    assert ruled | WITHOUT_RULE == {
        model.__name__ for model in apps.get_app_config("register").get_models()
    }
    assert not ruled & WITHOUT_RULE


def test_each_screen_has_a_rule():
    assert {screen.model for screen in screens() if screen.model} <= set(RULES)


@pytest.mark.parametrize("model", RULES, ids=lambda model: model.__name__)
def test_only_reference_data_and_spam_are_deleted_by_hand(model):
    assert bool(RULES[model].delete) == (
        model in {Service, Office, Processor, Feedback, StaffHearing}
    )


@pytest.mark.parametrize("model", RULES, ids=lambda model: model.__name__)
def test_only_accounts_instructions_published_facts_and_promises_are_open_without_training(model):
    read_first = {StaffDocument, DocumentVersion, Acknowledgement, StaffHearing}
    accounts = {StaffMember, AccessChange, RoleRequest}
    public = {Controller, PromiseResult, Approval, Withdrawal}
    open_ones = accounts | read_first | public
    assert RULES[model].open_without_training == (model in open_ones)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "roles",
    [roles for size in range(len(Role) + 1) for roles in combinations(Role, size)],
    ids=lambda roles: "+".join(roles) or "none",
)
def test_what_may_be_changed_or_deleted_may_be_seen(roles):
    user = staff(*roles)
    own, held = NoteFactory(author=user.staff_member), NoteFactory(author=user.staff_member)
    AssignmentFactory(user=user, content_object=own.order.client)
    HoldFactory(client=held.order.client)
    BookkeepingRowFactory(batch=ExportBatchFactory())
    ServiceFactory(), OfficeFactory()
    AcknowledgementFactory(), AcknowledgementFactory(member=user.staff_member)
    for model in RULES:
        seen = set(visible(model, to=user, today=TODAY))
        assert set(changeable(model, by=user, today=TODAY)) <= seen, model
        assert set(deletable(model, by=user, today=TODAY)) <= seen, model


@pytest.mark.django_db
def test_the_system_changes_everything_and_deletes_nothing_by_hand():
    service = ServiceFactory()
    assert list(changeable(Service, by=SYSTEM, today=TODAY)) == [service]
    assert not deletable(Service, by=SYSTEM, today=TODAY).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "seen"), [(Role.MAIN_USER, 1), (Role.BILLING, 1), (Role.COUNSELLOR, 0)]
)
def test_all_rows_are_for_whoever_has_one_of_the_roles(role, seen):
    ServiceFactory()
    who = effective_access(staff(role), today=TODAY)
    rows = all_rows(Service, Role.MAIN_USER, Role.BILLING)(who)
    assert (rows.model, rows.count()) == (Service, seen)


@pytest.mark.django_db
def test_a_counsellor_sees_who_else_works_with_an_own_client_and_changes_nothing():
    """C33: on the card; a period that is over shows nothing any more."""
    counsellor, other = staff(Role.COUNSELLOR), staff(Role.COUNSELLOR)
    own = AssignmentFactory(user=counsellor)
    beside = AssignmentFactory(user=other, content_object=own.content_object)
    AssignmentFactory(user=other)
    assert set(visible(Assignment, to=counsellor, today=TODAY)) == {own, beside}
    assert not changeable(Assignment, by=counsellor, today=TODAY).exists()
    assert not may_create(counsellor, Assignment, today=TODAY)
    assert purpose_of(counsellor, Assignment, today=TODAY) == Purpose.GUIDANCE
    own.revoked_on = TODAY
    own.save()
    assert not visible(Assignment, to=counsellor, today=TODAY).exists()
