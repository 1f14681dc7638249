"""The approval: it publishes the draft that the approver saw, with the facts of then (C01, C33)."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from privacy_notice.approval.looking import Proposal, Stated
from privacy_notice.guarding import acts
from privacy_notice.guarding.acts import OffTheAir
from privacy_notice.guarding.approvers import approves
from privacy_notice.models import Approval, PrivacyNoticePage
from register.access.standing import User, looking_anew
from register.domain.access_log.changing import add
from register.exceptions import NotAllowed, Stale
from register.reference.clock import local
from register.text.validators import (
    SAYS_NOTHING,
    validate_no_identity_code,
    validate_says_something,
)


def approve(
    page: PrivacyNoticePage,
    *,
    seen: str,
    reason: str,
    material: bool,
    reasons: Mapping[str, str],
    by: User,
    now: datetime,
    same: str = "",
) -> Approval:
    """Approve the submitted draft: it is published, at once or when it was to be.

    Args:
        seen: the mark of the proposal that the person saw.
        material: whether present clients have to be told; with a new purpose they have.
        reason: why the notice changes; the public reads it in the list of versions.
        reasons: by clause, why it is published although the promise is not kept.
        same: the reason for those that are not kept yet and have none of their own. What is
            broken needs its own.

    Raises NotAllowed to whoever is no approver; Stale when the draft or a fact has changed since,
    or nothing waits any more; ValidationError; OffTheAir for a draft that is not whole.
    """
    today = local(now).date()
    with transaction.atomic(), looking_anew():
        if not approves(by, today=today):
            raise NotAllowed
        page = PrivacyNoticePage.objects.select_for_update().get(pk=page.pk)
        proposal = Proposal(page, now=now)
        if proposal.waiting is None or proposal.mark != seen:
            raise Stale(page._meta.label, page.pk)
        if proposal.lacks:
            raise OffTheAir(acts.INCOMPLETE)
        _check_material(material, proposal)
        approval = Approval(
            page=page,
            revision=proposal.revision,
            approved_on=today,
            approved_by_id=by.pk,
            reason=reason,
            material=material,
            facts=proposal.facts,
            promises=_explained(proposal.asking, reasons, same),
        )
        add(approval, by=by, today=today, view="approve_notice")
        proposal.waiting.approve(user=by, comment=approval.reason)
    return approval


def _check_material(material: bool, proposal: Proposal) -> None:
    """ValidationError when clients have to be told of it and would not be, or can't be (C19)."""
    if proposal.new_purposes and not material:
        raise ValidationError(
            _(
                "The register has purposes of which clients have not been told: %(purposes)s. "
                "Their approval is a material change, so that present clients are told."
            ),
            params={"purposes": "; ".join(proposal.new_purposes)},
        )
    if material and not proposal.tells_clients:
        raise ValidationError(
            _(
                "Clients are told of changes by the notice in the site's own language: a "
                "translation is no material change by itself."
            )
        )


def _explained(
    asking: list[Stated], reasons: Mapping[str, str], same: str
) -> dict[str, dict[str, str]]:
    """Return state and reason by clause. ValidationError for a reason that says nothing."""
    given, wrong = {}, {}
    for each in asking:
        reason = reasons.get(each.clause, "").strip()
        if not reason and each.takes_the_same:
            reason = same.strip()
        try:
            if not reason:
                raise ValidationError(SAYS_NOTHING)
            validate_says_something(reason)
            validate_no_identity_code(reason)
        except ValidationError as error:
            wrong[each.clause] = error.messages
        given[each.clause] = {"state": each.outcome.state.value, "reason": reason}
    if wrong:
        raise ValidationError(wrong)
    return given
