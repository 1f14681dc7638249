"""An approver publishes what was seen and nothing else; nobody else publishes anything (C01)."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import WorkflowState

from privacy_notice.approval.looking import Proposal
from privacy_notice.guarding.acts import OffTheAir
from privacy_notice.models import Approval
from privacy_notice.models.states import State
from register.exceptions import NotAllowed, Stale
from register.models import AccessLogEntry, Controller
from register.models.staff import Role
from tests.factories import UserFactory, staff
from tests.privacy_notice.approval.acting import (
    THEREFORE,
    WHY,
    approved,
    current,
    notice,
    submitted,
)

pytestmark = pytest.mark.usefixtures("site_content")


def test_an_approved_draft_is_published_with_its_reason():
    contact = staff(Role.DATA_PROTECTION)
    approval = approved(submitted(), by=contact, material=True)
    assert (current().number, current().text["title"], current().reason) == (2, "Uusi otsikko", WHY)
    assert (current().approval, approval.approved_by, approval.material) == (
        approval,
        contact,
        True,
    )
    assert notice().live_revision_id == approval.revision_id
    assert not notice().workflow_in_progress
    assert WorkflowState.objects.get().status == WorkflowState.STATUS_APPROVED


def test_it_is_in_the_log_without_what_was_written():
    approval = approved(submitted())
    entry = AccessLogEntry.objects.get(view="approve_notice")
    assert (entry.model, entry.object_key) == ("privacy_notice.Approval", str(approval.pk))
    assert WHY not in str(entry.details)


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.BILLING, Role.EDITOR, Role.MAIN_USER])
def test_nobody_else_approves(role):
    staff(Role.DATA_PROTECTION)
    page = submitted()
    with pytest.raises(NotAllowed):
        approved(page, by=staff(role))
    assert current().number == 1


def test_nor_does_a_superuser():
    with pytest.raises(NotAllowed):
        approved(submitted(), by=UserFactory(is_superuser=True))


def test_a_newer_draft_is_not_approved_unseen():
    page = submitted()
    seen = Proposal(page, now=timezone.now()).mark
    draft = page.get_latest_revision_as_object()
    draft.title = "Vielä uudempi"
    draft.save_revision()
    with pytest.raises(Stale):
        approved(notice(), seen=seen)
    assert current().number == 1
    assert notice().workflow_in_progress


def test_nor_with_facts_that_nobody_has_seen():
    page = submitted()
    seen = Proposal(page, now=timezone.now()).mark
    Controller.objects.update(name="Toinen Oy")
    with pytest.raises(Stale):
        approved(notice(), seen=seen)
    assert current().number == 1


def test_what_was_not_submitted_is_not_approved():
    with pytest.raises(Stale):
        approved(notice())


@pytest.mark.parametrize("reason", ["", " ", "…", "131052-308T"])
def test_a_reason_says_something(reason):
    page = submitted()
    with pytest.raises(ValidationError):
        approved(page, reason=reason)
    assert current().number == 1
    assert not Approval.objects.exists()


def test_each_promise_that_is_not_kept_needs_its_reason():
    page = submitted()
    with pytest.raises(ValidationError) as refused:
        approved(page, reasons={"C44": "---"})
    assert len(refused.value.message_dict) > 1
    assert current().number == 1


def test_the_reasons_are_kept_with_the_state():
    approval = approved(submitted())
    assert {each["reason"] for each in approval.promises.values()} == {THEREFORE}
    assert {each["state"] for each in approval.promises.values()} <= {"broken", "not_yet"}


def test_an_incomplete_draft_is_not_approved():
    page = submitted(sections=[])
    with pytest.raises(OffTheAir):
        approved(page)
    assert current().number == 1


def test_nor_one_that_is_to_be_published_later():
    page = submitted(sections=[], go_live_at=timezone.now() + timedelta(hours=30))
    with pytest.raises(OffTheAir):
        approved(page)
    assert not notice().scheduled_revision


def test_it_is_scheduled_when_the_draft_says_when():
    page = submitted(go_live_at=timezone.now() + timedelta(hours=30))
    approved(page)
    assert current().number == 1
    assert notice().scheduled_revision


def test_an_approval_lets_nobody_else_publish():
    page = submitted()
    approval = approved(page)
    with pytest.raises(PermissionDenied):
        approval.revision.publish(user=staff(Role.EDITOR))


def test_one_reason_is_kept_for_each_that_is_not_kept_yet():
    page = submitted()
    # Whoever is there counts: the staff has instructions to read (C31).
    contact = staff(Role.DATA_PROTECTION)
    asking = Proposal(page, now=timezone.now()).asking
    own = {each.clause: WHY for each in asking if each.outcome.state is State.BROKEN}
    given = approved(page, by=contact, reasons=own, same=THEREFORE).promises
    by_state = {(each["state"], each["reason"]) for each in given.values()}
    assert by_state == {("broken", WHY), ("not_yet", THEREFORE)}


def test_what_is_broken_needs_its_own(monkeypatch):
    monkeypatch.setattr("privacy_notice.approval.looking.Look", failing)
    with pytest.raises(ValidationError):
        approved(submitted(), reasons={}, same=THEREFORE)
    assert current().number == 1


def failing(**kwargs):
    """A look that sees nothing: what can't be looked at is broken."""
    return SimpleNamespace(language="fi", asked=False)
