"""What editors and approvers do with the notice, in short."""

from django.utils import timezone

from privacy_notice.approval.approving import approve
from privacy_notice.approval.looking import Proposal
from privacy_notice.models import NoticeVersion, PrivacyNoticePage
from register.models.staff import Role
from tests.factories import staff

WHY = "Lisättiin puuttuva kohta"
THEREFORE = "Korjataan ensi kuussa"


def notice():
    return PrivacyNoticePage.objects.get()


def submitted(by=None, **changes):
    """Make a draft with these values, and submit it."""
    page = notice().get_latest_revision_as_object()
    for name, value in ({"title": "Uusi otsikko"} | changes).items():
        setattr(page, name, value)
    page.save_revision(user=by)
    page = notice()
    page.get_workflow().start(page, by or staff(Role.EDITOR))
    return page


def reasons_for(proposal):
    return {each.clause: THEREFORE for each in proposal.asking}


def approved(page, by=None, **values):
    """Approve what was submitted, as the person sees it now."""
    page = PrivacyNoticePage.objects.get(pk=page.pk)
    proposal = Proposal(page, now=timezone.now())
    values = {"reason": WHY, "material": False, "seen": proposal.mark} | values
    values.setdefault("reasons", reasons_for(proposal))
    return approve(
        page, by=by or staff(Role.DATA_PROTECTION), now=values.pop("now", timezone.now()), **values
    )


def current():
    return NoticeVersion.objects.current(notice())
