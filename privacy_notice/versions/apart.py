"""Notices whose public page says otherwise than the register today (C01, C23).

Whatever the fact is: the settings, a processor, a field, a period. What was published stays until
somebody approves the change, so each of them is told of where the promises are.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from privacy_notice.models import PrivacyNoticePage, approval_of
from privacy_notice.models.told_today import facts_today, fingerprint
from privacy_notice.versions import differing

# So long may a change wait for its approver. After that nobody can be said to see to it.
IN_TIME = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Apart:
    """One notice that differs from today's facts.

    Attributes:
        headings: of the sections that differ, in the notice's language.
        waits: whether what would change it was submitted lately, or is approved and has its time.
    """

    page: PrivacyNoticePage
    headings: tuple[str, ...]
    waits: bool

    @property
    def language(self) -> str:
        return self.page.locale.language_code

    @property
    def address(self) -> str:
        """The screen on which the change is looked at and approved."""
        return reverse("privacy_notice_approval", args=[self.page.pk])

    @property
    def sections(self) -> str:
        """The headings in one line. Some facts are for machines alone."""
        return ", ".join(self.headings) or _("what machines read")


def everywhere(*, now: datetime) -> list[Apart]:
    """Return each notice in force that differs, in whichever language."""
    pages = PrivacyNoticePage.objects.live().select_related("locale").order_by("path")
    return [found for page in pages if (found := look_at(page, now=now))]


def look_at(page: PrivacyNoticePage, *, now: datetime) -> Apart | None:
    """Return how the page differs; None when it says what is so, or when nobody can read it."""
    if not page.live or page.get_site() is None or not differing.facts_differ(page):
        return None
    told = facts_today(page)
    headings = dict.fromkeys(each.heading for each in differing.by_facts(page, told))
    return Apart(page, tuple(headings), _waits(page, fingerprint(told), now))


def _waits(page: PrivacyNoticePage, facts: str, now: datetime) -> bool:
    if page.workflow_in_progress:
        return bool(now - page.current_workflow_state.created_at <= IN_TIME)
    return approval_of(page.scheduled_revision, facts=facts) is not None
