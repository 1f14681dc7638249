"""Reasons say something, each promise has one, and one may do for those not kept yet (C01)."""

from types import SimpleNamespace

import pytest
from django.http import QueryDict

from privacy_notice.approval.forms import PREFIX, ApprovalForm, ReasonForm, WithdrawalForm
from privacy_notice.approval.looking import Stated
from privacy_notice.models.states import State
from privacy_notice.promises.registry import promises
from privacy_notice.watch.verifying import Outcome
from tests.privacy_notice.approval.acting import THEREFORE, WHY


def stated(clause, state, reason=""):
    return Stated(Outcome(promises()[clause], state, {}), reason)


ASKING = [
    stated("C44", State.BROKEN),
    stated("C03", State.NOT_YET),
    stated("C36", State.NOT_YET, "Sanottiin jo"),
]
PROPOSAL = SimpleNamespace(mark="7-x", asking=ASKING, tells_clients=True, new_purposes=[])


def sent(**typed):
    data = QueryDict(mutable=True)
    data.update({"reason": WHY, "seen": PROPOSAL.mark} | typed)
    return ApprovalForm(data, proposal=PROPOSAL)


def wrong(form):
    return {name.removeprefix(PREFIX) for name in form.errors}


def test_each_promise_is_asked_for_its_reason():
    assert wrong(sent()) == {"C44", "C03", "C36"}


def test_one_reason_does_for_what_is_not_kept_yet_and_never_for_what_is_broken():
    assert wrong(sent(same=THEREFORE)) == {"C44"}
    form = sent(same=THEREFORE, **{f"{PREFIX}C44": "Korjataan huomenna"})
    assert form.is_valid()
    assert form.reasons() == {"C44": "Korjataan huomenna", "C03": "", "C36": ""}


def test_a_reason_for_the_others_says_something_too():
    form = sent(same="…", **{f"{PREFIX}C44": "Korjataan huomenna"})
    assert wrong(form) == {"same"}


def test_it_is_offered_only_where_something_is_not_kept_yet():
    assert sent().offers_the_same
    broken = SimpleNamespace(**{**vars(PROPOSAL), "asking": ASKING[:1]})
    assert not ApprovalForm(proposal=broken).offers_the_same


def test_what_was_said_last_stands_there():
    form = ApprovalForm(proposal=PROPOSAL)
    assert form[f"{PREFIX}C36"].value() == "Sanottiin jo"
    assert not form[f"{PREFIX}C03"].value()


def test_what_was_typed_stays_when_it_is_shown_anew():
    form = sent(same=THEREFORE)
    form.show_anew(SimpleNamespace(mark="8-y"))
    assert (form["seen"].value(), form["same"].value()) == ("8-y", THEREFORE)


@pytest.mark.parametrize("form", [ReasonForm, WithdrawalForm])
@pytest.mark.parametrize("reason", ["", " ", "…", "131052-308T"])
def test_a_reason_says_something(form, reason):
    assert "reason" in form({"reason": reason}).errors
    assert form({"reason": WHY}).is_valid()


def test_a_new_purpose_sets_the_tick_and_locks_it():
    """C19."""
    new = SimpleNamespace(**{**vars(PROPOSAL), "new_purposes": ["Laskutus (Palaute)"]})
    form = ApprovalForm(QueryDict("reason=x"), proposal=new)
    form.is_valid()
    assert form.cleaned_data["material"] is True


def test_a_translation_has_no_tick():
    translation = SimpleNamespace(**{**vars(PROPOSAL), "tells_clients": False})
    assert "material" not in ApprovalForm(proposal=translation).fields
