"""How each button of the register's screens is tried."""

import hashlib
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.utils import timezone

from register.domain.billing import batch_file
from register.files import private
from register.models import StaffMember
from register.models.billing import BatchState
from register.models.retention import ListKind
from register.models.staff import Role
from register.models.staff.role_requests import Decision
from register.wagtail_admin.billing.batches import ExportBatchAdmin
from register.wagtail_admin.clients.assignments import AssignmentAdmin
from register.wagtail_admin.retention.erasure_lists import ErasureListAdmin
from register.wagtail_admin.retention.holds import HoldAdmin
from register.wagtail_admin.staff.changes import AccessChangeAdmin
from register.wagtail_admin.staff.documents import StaffDocumentAdmin
from register.wagtail_admin.staff.role_requests import RoleRequestAdmin
from register.wagtail_admin.staff.screens import StaffMemberAdmin
from tests.factories import (
    AccessChangeFactory,
    AssignmentFactory,
    DocumentVersionFactory,
    ErasureListFactory,
    ExportBatchFactory,
    HoldFactory,
    RoleRequestFactory,
    StaffMemberFactory,
    UserFactory,
    staff,
)
from tests.factors import with_app

TODAY = timezone.localdate()


def today_is(name):
    """Return the question whether that day of a row is today."""
    return lambda row: getattr(row, name) == TODAY


def with_a_factor():
    user = staff(Role.COUNSELLOR)
    with_app(user)
    return StaffMember.objects.get(user=user)


def has_no_factor(member):
    return not Authenticator.objects.filter(user=member.user_id).exists()


def document(**values):
    """A document as its screens see it: with the title of its newest version."""
    version = DocumentVersionFactory(**values)
    version.document.title = version.title
    return version.document


def without_a_log_in():
    return StaffMemberFactory(user=UserFactory(is_active=False))


def written_batch():
    content = b"nimi"
    batch = ExportBatchFactory(state=BatchState.WRITTEN, sha256=hashlib.sha256(content).hexdigest())
    private.folder(batch_file.FOLDER)
    batch_file.path(batch.pk).write_bytes(content)
    return batch


# How each button is tried: its row, the role that has it, whether it was done, what is typed.
ACTIONS = {
    (HoldAdmin, "release"): (
        lambda: HoldFactory(),
        Role.DATA_PROTECTION,
        today_is("released_on"),
        {},
    ),
    (HoldAdmin, "review"): (
        lambda: HoldFactory(),
        Role.DATA_PROTECTION,
        today_is("reviewed_on"),
        {"review_on": f"{TODAY + timedelta(days=30):%Y-%m-%d}"},
    ),
    (ExportBatchAdmin, "received"): (written_batch, Role.BILLING, today_is("received_on"), {}),
    (AssignmentAdmin, "revoke"): (
        lambda: AssignmentFactory(),
        Role.MAIN_USER,
        today_is("revoked_on"),
        {},
    ),
    (ErasureListAdmin, "confirm"): (
        lambda: ErasureListFactory(kind=ListKind.BEYOND, frozen_at=timezone.now()),
        Role.MAIN_USER,
        today_is("confirmed_on"),
        {},
    ),
    (StaffMemberAdmin, "close"): (
        lambda: staff(Role.COUNSELLOR).staff_member,
        Role.MAIN_USER,
        today_is("closed_on"),
        {},
    ),
    (StaffMemberAdmin, "reset-factor"): (with_a_factor, Role.MAIN_USER, has_no_factor, {}),
    (StaffMemberAdmin, "login"): (
        without_a_log_in,
        Role.MAIN_USER,
        lambda member: StaffMember.objects.get(pk=member.pk).user.is_active,
        {"username": "eila", "email": "eila@example.org"},
    ),
    (StaffMemberAdmin, "ended"): (without_a_log_in, Role.MAIN_USER, today_is("closed_on"), {}),
    (StaffDocumentAdmin, "publish"): (
        lambda: document(published_on=None),
        Role.DATA_PROTECTION,
        lambda document: document.versions.get().published_on == TODAY,
        {},
    ),
    (StaffDocumentAdmin, "withdraw"): (
        lambda: document(),
        Role.MAIN_USER,
        today_is("withdrawn_on"),
        {},
    ),
    (RoleRequestAdmin, "confirm"): (
        RoleRequestFactory,
        Role.DATA_PROTECTION,
        lambda request: request.decision == Decision.CONFIRMED,
        {},
    ),
    (RoleRequestAdmin, "refuse"): (
        RoleRequestFactory,
        Role.DATA_PROTECTION,
        lambda request: request.decision == Decision.REFUSED,
        {},
    ),
    (AccessChangeAdmin, "seen"): (
        AccessChangeFactory,
        Role.DATA_PROTECTION,
        lambda change: change.seen_at is not None,
        {},
    ),
}
# What can be taken back, each with how.
HARMLESS = {
    (AssignmentAdmin, "revoke"): "the client is assigned anew",
    (AccessChangeAdmin, "seen"): "it stays in the log, and what it tells of is as it was",
}
