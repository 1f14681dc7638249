"""The last approval of a draft counts, of that draft alone, and a version keeps its own (C01)."""

import pytest
from django.db import IntegrityError, transaction

from privacy_notice.models import About, Approval, NoticeVersion, ToldOf, Withdrawal, approval_of
from register.models.staff import Role
from register.reference.clock import today
from tests.factories import staff
from tests.privacy_notice.approval.acting import notice

pytestmark = pytest.mark.usefixtures("site_content")


def approval(revision, by=None, facts="x"):
    return Approval.objects.create(
        page=notice(), revision=revision, approved_on=today(), approved_by=by, facts=facts
    )


def test_the_last_one_of_the_draft_counts():
    first, second = notice().save_revision(), notice().save_revision()
    one, other = staff(Role.DATA_PROTECTION), staff(Role.MAIN_USER)
    approval(first, by=one)
    last = approval(first, by=other, facts="y")
    assert approval_of(first) == last
    assert approval_of(first, approved_by=one).facts == "x"
    assert approval_of(second) is approval_of(None) is None


def test_an_approval_outlives_draft_and_person():
    """What was approved stays on record; its author's account may be removed."""
    revision, person = notice().save_revision(), staff(Role.DATA_PROTECTION)
    kept = approval(revision, by=person)
    revision.delete()
    kept.refresh_from_db()
    assert (kept.revision_id, kept.page) == (None, notice())


def test_a_version_is_withdrawn_once_and_nobody_is_told_twice():
    version = NoticeVersion.objects.get()
    rows = (
        lambda: Withdrawal.objects.create(notice_version=version, reason="a", withdrawn_on=today()),
        lambda: ToldOf.objects.create(page=notice(), about=About.REVIEW, mark="a"),
    )
    for row in rows:
        row()
        with pytest.raises(IntegrityError), transaction.atomic():
            row()
