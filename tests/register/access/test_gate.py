"""C29–C34: who sees which rows. The gate is a conjunction; what is not granted is refused."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group

from register.access.gate import (
    may_change,
    may_create,
    may_delete,
    may_list,
    may_see,
    purpose_of,
    purposes_of,
    visible,
)
from register.access.rules import RULES
from register.access.standing import effective_access, looking_anew, remembering
from register.inventory.vocabulary import Purpose
from register.models import (
    AccessChange,
    AccessLogEntry,
    Acknowledgement,
    Assignment,
    BookkeepingRow,
    Client,
    Controller,
    DocumentVersion,
    ErasureList,
    ExportBatch,
    Feedback,
    Hold,
    LikelyDuplicate,
    Note,
    NoticeGiven,
    Office,
    Processor,
    RetentionRun,
    RoleRequest,
    Service,
    ServiceOrder,
    StaffDocument,
    StaffHearing,
    StaffMember,
    Statistic,
)
from register.models.staff import Role
from tests.factories import (
    AssignmentFactory,
    BookkeepingRowFactory,
    ClientFactory,
    ExportBatchFactory,
    HoldFactory,
    NoteFactory,
    ServiceOrderFactory,
    UserFactory,
    staff,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 15)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)

COUNSELLOR, BILLING, MAIN, CONTACT, EDITOR = (
    Role.COUNSELLOR,
    Role.BILLING,
    Role.MAIN_USER,
    Role.DATA_PROTECTION,
    Role.EDITOR,
)
# What each role has a list of. A model that is not here is nobody's.
LISTS = {
    Client: {COUNSELLOR, CONTACT},
    ServiceOrder: {COUNSELLOR, CONTACT},
    Note: {COUNSELLOR, CONTACT},
    Feedback: {COUNSELLOR},
    Service: {MAIN, COUNSELLOR},
    Office: {MAIN, COUNSELLOR},
    StaffMember: {MAIN},
    Assignment: {COUNSELLOR, MAIN, CONTACT},
    Processor: {MAIN},
    ExportBatch: {BILLING},
    BookkeepingRow: {BILLING},
    Hold: {CONTACT},
    LikelyDuplicate: {CONTACT},
    NoticeGiven: {COUNSELLOR, MAIN, CONTACT},
    AccessLogEntry: {CONTACT},
    ErasureList: {MAIN, CONTACT},
    RetentionRun: {MAIN, CONTACT},
    Statistic: {MAIN, COUNSELLOR},
    Controller: {EDITOR},
    StaffDocument: set(Role),
    DocumentVersion: set(Role),
    Acknowledgement: set(Role),
    StaffHearing: {MAIN, CONTACT},
    RoleRequest: {MAIN, CONTACT},
    AccessChange: {CONTACT},
}
PERSONAL = (Client, ServiceOrder, Note)
# They are named one by one in test_rules.
OPEN_WITHOUT_TRAINING = {model for model, rule in RULES.items() if rule.open_without_training}


def sees(user, model, today=TODAY):
    return set(visible(model, to=user, today=today))


def own_note(user, **order):
    """A note of a client who is assigned to the user."""
    note = NoteFactory(**{f"order__{name}": value for name, value in order.items()})
    AssignmentFactory(user=user, content_object=note.order.client)
    return note


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(
    "model",
    list(apps.get_app_config("register").get_models()),
    ids=lambda model: model.__name__,
)
def test_each_role_has_the_lists_of_its_duties_and_no_other(role, model):
    assert may_list(staff(role), model, today=TODAY) is (role in LISTS.get(model, set()))


def test_a_counsellor_sees_own_clients_and_what_belongs_to_them():
    counsellor = staff(COUNSELLOR)
    note = own_note(counsellor)
    NoteFactory()
    assert sees(counsellor, Client) == {note.order.client}
    assert sees(counsellor, ServiceOrder) == {note.order}
    assert sees(counsellor, Note) == {note}


def test_being_named_on_an_order_is_no_assignment():
    counsellor = staff(COUNSELLOR)
    ServiceOrderFactory(counsellor=counsellor.staff_member)
    assert sees(counsellor, Client) == set()


@pytest.mark.parametrize("role", [BILLING, MAIN, CONTACT, EDITOR])
def test_an_assignment_without_the_role_opens_nothing(role):
    user = staff(role)
    own_note(user)
    assert [sees(user, model) for model in PERSONAL] == [set(), set(), set()]


@pytest.mark.parametrize(
    ("valid_from", "valid_until", "opens"),
    [
        (TODAY, None, True),
        (TOMORROW, None, False),
        (YESTERDAY, TODAY, True),
        (YESTERDAY, YESTERDAY, False),
        (TODAY, TODAY, True),
    ],
    ids=["first day", "day before", "last day", "day after", "one day"],
)
def test_an_assignment_counts_on_both_its_ends(valid_from, valid_until, opens):
    counsellor = staff(COUNSELLOR)
    client = AssignmentFactory(
        user=counsellor, valid_from=valid_from, valid_until=valid_until
    ).content_object
    assert may_see(counsellor, client, today=TODAY) is opens


@pytest.mark.parametrize(
    "record",
    [
        {"law_trained_on": None},
        {"law_trained_on": TOMORROW},
        {"law_valid_until": None},
        {"practices_trained_on": None},
        {"practices_trained_on": TOMORROW},
        {"practices_valid_until": None},
        {"agreement_signed_on": None},
        {"agreement_signed_on": TOMORROW},
        {"closed_on": TODAY},
        {"closed_on": YESTERDAY},
        {"suspended_from": TODAY},
        {"suspended_from": YESTERDAY, "suspended_until": TODAY},
    ],
    ids=str,
)
@pytest.mark.parametrize("role", Role)
def test_one_missing_condition_closes_everything_but_accounts(role, record):
    user = staff(role, **record)
    own_note(user)
    BookkeepingRowFactory()
    ExportBatchFactory()
    HoldFactory()
    for model in set(LISTS) - OPEN_WITHOUT_TRAINING:
        assert sees(user, model) == set(), model
        assert not may_list(user, model, today=TODAY)
        assert not may_create(user, model, today=TODAY)


@pytest.mark.parametrize(
    "record",
    [
        {"suspended_from": TOMORROW},
        {"suspended_from": date(2026, 1, 1), "suspended_until": YESTERDAY},
        {"closed_on": TOMORROW},
    ],
    ids=["not yet", "returned", "not closed yet"],
)
def test_a_suspension_begins_and_ends_by_itself(record):
    counsellor = staff(COUNSELLOR, **record)
    own_note(counsellor)
    assert sees(counsellor, Client)


def test_a_suspended_main_user_manages_no_accounts():
    suspended = staff(MAIN, suspended_from=TODAY)
    assert not may_list(suspended, StaffMember, today=TODAY)


def test_a_superuser_without_a_staff_record_sees_nothing():
    note = NoteFactory()
    superuser = UserFactory(is_superuser=True, is_staff=True)
    AssignmentFactory(user=superuser, content_object=note.order.client)
    assert not any(sees(superuser, model) for model in LISTS)
    assert not any(may_list(superuser, model, today=TODAY) for model in LISTS)


def test_a_superuser_with_a_staff_record_has_the_rights_of_the_roles_alone():
    superuser = staff(EDITOR)
    superuser.is_superuser = True
    superuser.save()
    own_note(superuser)
    assert not any(sees(superuser, model) for model in LISTS)


@pytest.mark.parametrize("user", [AnonymousUser, lambda: staff(COUNSELLOR, user__is_active=False)])
def test_anonymous_and_inactive_users_see_nothing(user):
    user = user()
    NoteFactory()
    assert not any(may_list(user, model, today=TODAY) for model in LISTS)


def test_roles_combine():
    both = staff(COUNSELLOR, CONTACT)
    own = own_note(both).order.client
    held = HoldFactory(set_on=YESTERDAY).client
    ClientFactory()
    assert sees(both, Client) == {own, held}
    assert may_list(both, Hold, today=TODAY)


def test_a_restricted_client_is_hidden_from_the_counsellor_but_not_from_the_contact():
    counsellor, contact = staff(COUNSELLOR), staff(CONTACT)
    note = own_note(counsellor, client__restricted_on=YESTERDAY)
    HoldFactory(client=note.order.client)
    assert [sees(counsellor, model) for model in PERSONAL] == [set(), set(), set()]
    assert [sees(contact, model) for model in PERSONAL] == [
        {note.order.client},
        {note.order},
        {note},
    ]


def test_a_restricted_order_is_hidden_while_its_client_is_not():
    counsellor = staff(COUNSELLOR)
    note = own_note(counsellor, restricted_on=YESTERDAY)
    assert sees(counsellor, Client) == {note.order.client}
    assert sees(counsellor, ServiceOrder) == sees(counsellor, Note) == set()


@pytest.mark.parametrize(
    ("released_on", "opens"),
    [(None, True), (TOMORROW, True), (TODAY, False), (YESTERDAY, False)],
)
def test_the_contact_sees_a_client_until_the_hold_is_released(released_on, opens):
    contact = staff(CONTACT)
    hold = HoldFactory(released_on=released_on)
    assert may_see(contact, hold.client, today=TODAY) is opens


def test_billing_sees_batches_and_rows_but_no_client():
    billing = staff(BILLING)
    row = BookkeepingRowFactory(order=ServiceOrderFactory())
    assert sees(billing, BookkeepingRow) == {row}
    assert [sees(billing, model) for model in PERSONAL] == [set(), set(), set()]


def test_the_main_user_sees_no_client_content():
    main = staff(MAIN)
    own_note(main)
    HoldFactory()
    assert [sees(main, model) for model in PERSONAL] == [set(), set(), set()]


@pytest.mark.parametrize("model", PERSONAL)
def test_only_a_counsellor_adds_what_is_about_clients(model):
    assert {role for role in Role if may_create(staff(role), model, today=TODAY)} == {COUNSELLOR}


def test_a_counsellor_changes_own_clients_and_nobody_elses():
    counsellor, colleague = staff(COUNSELLOR), staff(COUNSELLOR)
    note = own_note(counsellor)
    for instance in (note.order.client, note.order):
        assert may_change(counsellor, instance, today=TODAY)
        assert not may_change(colleague, instance, today=TODAY)


def test_a_note_is_changed_by_its_author_only():
    counsellor = staff(COUNSELLOR)
    note = own_note(counsellor)
    assert not may_change(counsellor, note, today=TODAY)
    note.author = counsellor.staff_member
    note.save()
    assert may_change(counsellor, note, today=TODAY)


def test_the_contact_reads_in_an_open_matter_and_changes_nothing():
    contact = staff(CONTACT)
    note = NoteFactory()
    HoldFactory(client=note.order.client)
    for instance in (note.order.client, note.order, note):
        assert may_see(contact, instance, today=TODAY)
        assert not may_change(contact, instance, today=TODAY)


@pytest.mark.parametrize("role", Role)
def test_nobody_deletes_what_is_personal_by_hand(role):
    user = staff(role)
    note = own_note(user)
    for instance in (note.order.client, note.order, note, BookkeepingRowFactory()):
        assert not may_delete(user, instance, today=TODAY)


def test_the_main_user_deletes_catalogue_entries():
    order = ServiceOrderFactory()
    assert may_delete(staff(MAIN), order.service, today=TODAY)
    assert not may_delete(staff(COUNSELLOR), order.service, today=TODAY)


def test_the_purpose_follows_from_role_and_kind_of_data():
    assert purpose_of(staff(COUNSELLOR), Client, today=TODAY) == Purpose.GUIDANCE
    assert purpose_of(staff(CONTACT), Client, today=TODAY) == Purpose.RIGHTS
    assert purpose_of(staff(BILLING), ExportBatch, today=TODAY) == Purpose.BILLING
    # Of what has no rule.
    assert purpose_of(staff(COUNSELLOR), Group, today=TODAY) == Purpose.GUIDANCE


def test_purposes_part_only_where_guidance_and_data_protection_meet():
    clients = [client.pk for client in (ClientFactory(), ClientFactory())]
    both = staff(COUNSELLOR, CONTACT)
    AssignmentFactory(user=both, content_object_id=clients[0])

    def purposes(user, model, of=clients):
        return purposes_of(user, model, list(of), today=TODAY)

    assert purposes(both, Client) == {
        Purpose.GUIDANCE: clients[:1],
        Purpose.RIGHTS: clients[1:],
    }
    assert purposes(both, Client, of=[]) == {Purpose.GUIDANCE: []}
    assert purposes(staff(BILLING), ExportBatch) == {Purpose.BILLING: clients}
    assert purposes(staff(CONTACT, MAIN), Assignment) == {Purpose.ADMINISTRATION: clients}


def test_the_contact_sees_who_works_with_a_client_in_an_open_matter_and_changes_nothing():
    contact, hold = staff(CONTACT), HoldFactory()
    own = AssignmentFactory(content_object=hold.client)
    AssignmentFactory()
    assert sees(contact, Assignment) == {own}
    assert not may_change(contact, own, today=TODAY)
    assert purpose_of(contact, Assignment, today=TODAY) == Purpose.RIGHTS
    assert purpose_of(staff(CONTACT, MAIN), Assignment, today=TODAY) == Purpose.ADMINISTRATION


def test_a_standing_is_of_one_day():
    counsellor = staff(COUNSELLOR, suspended_from=TOMORROW)
    assert effective_access(counsellor, today=TODAY).has(COUNSELLOR)
    assert not effective_access(counsellor, today=TOMORROW).has(COUNSELLOR)


def test_the_rows_of_a_request_are_put_together_once_and_read_each_time():
    user = staff(Role.COUNSELLOR)
    with remembering():
        first = visible(Client, to=user, today=TODAY)
        assert not first
        client = AssignmentFactory(user=user).content_object
        again = visible(Client, to=user, today=TODAY)
        assert str(again.query) == str(first.query)
        assert list(again) == [client]
        with looking_anew():
            Group.objects.get(name=Role.COUNSELLOR).user_set.remove(user)
            assert not visible(Client, to=user, today=TODAY)
        assert not visible(Client, to=user, today=TODAY)
