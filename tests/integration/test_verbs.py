"""Every verb of the domain asks the gate and leaves an entry that names its object (C33, C38)."""

import importlib
import inspect
import pkgutil
from datetime import date
from types import NoneType
from typing import get_args, get_type_hints

import pytest
from django.contrib.auth.models import AnonymousUser

import register.domain
from register.access.rules import RULES
from register.access.standing import SYSTEM
from register.domain import feedback
from register.domain.access_log import reading
from register.domain.billing import downloads, exporting
from register.domain.clients import assignments
from register.domain.staff import roles
from register.exceptions import NotAllowed
from register.models import (
    AccessLogEntry,
    AccessLogSubject,
    RegisterLogEntry,
)
from register.models.access_log import Action
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    BookkeepingRowFactory,
    ClientFactory,
    HoldFactory,
    StaffMemberFactory,
    run_on,
    staff,
)
from tests.integration.questions import QUESTIONS
from tests.integration.verb import TODAY
from tests.integration.verbs import (
    MECHANISM,
    STEPS,
    VERBS,
    WITHIN,
    billable,
)

EACH = pytest.mark.parametrize("name", VERBS)


def public_functions():
    for found in pkgutil.walk_packages(register.domain.__path__, f"{register.domain.__name__}."):
        module = importlib.import_module(found.name)
        for name, function in vars(module).items():
            ours = inspect.isfunction(function) and function.__module__ == found.name
            if ours and not name.startswith("_"):
                yield f"{found.name}.{name}".removeprefix("register.domain."), function


FUNCTIONS = {
    name: function
    for name, function in public_functions()
    if "by" in inspect.signature(function).parameters
}


def test_every_function_that_somebody_does_is_tried_here():
    assert {*VERBS, *QUESTIONS, *STEPS, *WITHIN, *MECHANISM} == set(FUNCTIONS)


@pytest.mark.parametrize("name", sorted(set(FUNCTIONS) - {"access_log.recording.record"} - WITHIN))
def test_it_is_told_who_and_when_by_name_and_never_nobody(name):
    parameters = inspect.signature(FUNCTIONS[name]).parameters
    types = get_type_hints(FUNCTIONS[name])
    for wanted in ("by", "today"):
        assert parameters[wanted].kind is inspect.Parameter.KEYWORD_ONLY
        assert parameters[wanted].default is inspect.Parameter.empty
        assert types[wanted] is not NoneType
        assert NoneType not in get_args(types[wanted])
    if "seen" in parameters:
        assert parameters["seen"].kind is inspect.Parameter.KEYWORD_ONLY
        assert parameters["seen"].default is inspect.Parameter.empty


def the_log():
    return AccessLogEntry.objects.count(), RegisterLogEntry.objects.count()


@EACH
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stranger", "refusal"),
    [
        (lambda verb: None, TypeError),
        (lambda verb: AnonymousUser(), NotAllowed),
        (lambda verb: staff(), NotAllowed),
        (lambda verb: staff(*set(Role) - {verb.role, verb.as_well}), NotAllowed),
        (lambda verb: staff(verb.role, suspended_from=TODAY), NotAllowed),
    ],
    ids=["nobody", "anonymous", "no role", "all other roles", "suspended"],
)
def test_it_is_refused_to_everybody_else_and_leaves_nothing(name, stranger, refusal):
    verb = VERBS[name]
    about = verb.about(staff(verb.role))
    before = the_log()
    with pytest.raises(refusal):
        verb(about, by=stranger(verb))
    assert the_log() == before


ROLES = [(name, role) for name, verb in VERBS.items() for role in (verb.role, verb.as_well) if role]


@pytest.mark.parametrize(("name", "role"), ROLES)
@pytest.mark.django_db
def test_it_leaves_an_entry_that_names_its_object(name, role):
    verb = VERBS[name]
    by = staff(role)
    about = verb.about(by)
    key = getattr(about, "pk", None)
    earlier = set(AccessLogEntry.objects.values_list("pk", flat=True))

    result = verb(about, by=by)

    named = verb.named(about, result)
    entry = AccessLogEntry.objects.exclude(pk__in=earlier).filter(action=verb.action).earliest("pk")
    assert entry.actor == by.pk
    assert entry.model == named._meta.label
    assert entry.object_key == str(key if named is about and key else named.pk)
    history = RegisterLogEntry.objects.filter(object_id=entry.object_key).latest("pk")
    assert history.user == by


@pytest.mark.django_db
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_gives_a_stranger_nothing(name):
    for stranger in (AnonymousUser(), staff(), staff(Role.EDITOR)):
        assert QUESTIONS[name](stranger) == []
    with pytest.raises(TypeError):
        QUESTIONS[name](None)
    assert not AccessLogEntry.objects.exists()


@pytest.mark.django_db
def test_clients_are_named_beside_the_object():
    by = staff(Role.BILLING)
    order = billable(by)
    batch = exporting.export(today=TODAY, by=by)
    downloads.open_file(batch=batch, by=by, today=TODAY).close()
    downloads.mark_received(batch=batch, seen=batch.version, by=by, today=TODAY)
    entries = AccessLogEntry.objects.filter(object_key=str(batch.pk))
    assert {entry.action for entry in entries} == {
        Action.DISCLOSE,
        Action.DOWNLOAD,
        Action.CHANGE,
    }
    for entry in entries:
        assert AccessLogSubject.objects.get(entry=entry.pk).client == order.client_id


@pytest.mark.django_db
def test_an_account_s_entry_says_which_roles_it_had_and_has():
    member = staff(Role.COUNSELLOR).staff_member
    how = {"member": member, "seen": None, "by": staff(Role.MAIN_USER), "today": TODAY}
    roles.set_roles(roles=[Role.COUNSELLOR, Role.BILLING], **how)
    entry = AccessLogEntry.objects.get()
    assert entry.object_key == str(member.pk)
    assert entry.details == {
        "version": 2,
        "roles_before": ["counsellor"],
        "roles": ["billing", "counsellor"],
    }


@pytest.mark.django_db
def test_an_assignment_s_entry_says_whose_and_to_whom():
    client, counsellor = ClientFactory(), staff(Role.COUNSELLOR)
    assignment = assignments.assign(
        client=client,
        user=counsellor,
        valid_from=TODAY,
        valid_until=None,
        by=staff(Role.MAIN_USER),
        today=TODAY,
    )
    entry = AccessLogEntry.objects.get(action=Action.ASSIGN)
    assert entry.object_key == str(assignment.pk)
    assert entry.details["counsellor"] == counsellor.pk
    assert AccessLogSubject.objects.get(entry=entry.pk).client == client.pk


def names_its_object(entry):
    """Whether an entry says by key what it is about: an object, several, clients, or a run."""
    return bool(
        entry.object_key
        or entry.details.get("objects")
        or entry.details.get("run")
        or AccessLogSubject.objects.filter(entry=entry.pk).exists()
    )


@pytest.mark.django_db
def test_every_entry_of_a_register_s_year_names_its_object():
    """What no person asks for leaves entries too: the weekly export, the January run."""
    by = staff(*Role)
    ClientFactory(created_on=date(2025, 3, 1))
    BookkeepingRowFactory(keep_until=date(2025, 12, 31))
    feedback.receive(answers=[["Kysymys", "Vastaus"]], today=date(2025, 5, 1))
    run_on(date(2026, 1, 1))
    billable(by)
    exporting.export(today=TODAY, by=SYSTEM)
    HoldFactory(), AssignmentFactory(), StaffMemberFactory()
    for model in RULES:
        reading.read(model, to=by, today=TODAY, view="list", action=Action.LIST)

    entries = list(AccessLogEntry.objects.all())
    assert {entry.action for entry in entries} >= {
        Action.DISCLOSE,
        Action.ERASE,
        Action.LIST,
    }
    erased = {entry.model for entry in entries if entry.action == Action.ERASE}
    assert erased == {"register.Erasure", "register.Feedback", "register.BookkeepingRow"}
    assert [entry for entry in entries if not names_its_object(entry)] == []
