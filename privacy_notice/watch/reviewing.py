"""The notice is read through once a year: when that is due, and who is reminded of it (C39)."""

from datetime import date

from privacy_notice.models import PrivacyNoticePage
from privacy_notice.watch import calling
from register.reference.clock import a_year_after, local


def due_on(page: PrivacyNoticePage) -> date | None:
    """Return the day by which it is to be read again; None when nobody has read it yet."""
    return a_year_after(page.reviewed_on) if page.reviewed_on else None


def overdue(*, today: date) -> list[tuple[PrivacyNoticePage, date]]:
    """Return the notices whose review is due, with the day."""
    found = []
    for page in PrivacyNoticePage.objects.live().order_by("path"):
        due = due_on(page) or first_published(page)
        if due and due <= today:
            found.append((page, due))
    return found


def first_published(page: PrivacyNoticePage) -> date | None:
    """Return a year after it was first published, for a notice that nobody has read through."""
    published = page.first_published_at
    return a_year_after(local(published).date()) if published else None


def remind(*, today: date) -> int:
    """Tell of each that is due, once; return how many were told of now."""
    return sum(
        calling.review_is_due(page, due=due, today=today) for page, due in overdue(today=today)
    )
