"""What the approver sees: the newest draft with today's facts, and what needs a reason (C01)."""

from datetime import date

import pytest
from django.utils import timezone

from privacy_notice.approval.looking import Proposal, reasons_before
from privacy_notice.models import Approval
from privacy_notice.models.states import State
from register.models import Controller
from register.reference.clock import today
from tests.privacy_notice.approval.acting import THEREFORE, notice, submitted

pytestmark = pytest.mark.usefixtures("site_content")


def proposal():
    return Proposal(notice(), now=timezone.now())


def test_its_mark_changes_with_the_draft_and_with_a_fact():
    marks = [proposal().mark, proposal().mark]
    notice().save_revision()
    marks.append(proposal().mark)
    Controller.objects.update(city="Espoo")
    marks.append(proposal().mark)
    assert marks[0] == marks[1]
    assert len(set(marks)) == 3


def test_it_waits_once_it_was_submitted():
    assert proposal().waiting is None
    page = submitted(title="Uusi otsikko")
    assert proposal().waiting == page.current_workflow_task_state
    assert proposal().draft.title == "Uusi otsikko"


def test_it_says_what_is_missing():
    assert proposal().lacks == []
    submitted(sections=[])
    assert proposal().lacks


def test_what_needs_a_reason_comes_first_and_only_what_the_text_states():
    submitted()
    states = [each.outcome.state for each in proposal().stated]
    assert states == sorted(states, key=list(State).index)
    assert {each.outcome.state for each in proposal().asking} == {State.BROKEN, State.NOT_YET}
    empty = notice()
    empty.sections = []
    empty.save_revision()
    assert proposal().stated == []


def test_a_reason_holds_while_the_state_is_the_same():
    promises = {"C36": {"state": "not_yet", "reason": THEREFORE}}
    values = {"page": notice(), "approved_on": date(2026, 3, 9), "facts": "x"}
    Approval.objects.create(promises=promises, **values)
    assert reasons_before(notice()) == {("C36", "not_yet"): THEREFORE}
    version = notice().versions.get()
    Approval.objects.create(restores=version, **(values | {"approved_on": today()}))
    assert reasons_before(notice()), "putting back asks for none, and forgets none"
