"""When a client, or one order, is erased and why: in a sentence, as the card says it (C44)."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from register.domain.retention import due
from register.domain.retention.erasure_date import ClientEnds, EndedBy, OrderEnd, Postponed
from register.text.days import written


def sentence(ends: ClientEnds, *, today: date, with_ground: bool = False) -> str:
    """Return when the client is erased as a whole and why, or what postpones it.

    Args:
        ends: as they are, or as they would be after an act (`ClientEnds.but`).
        with_ground: name the ground of a hold, for those who see the hold itself.
    """
    told = {"why": _why(ends, today=today), "year": ends.due_on.year}
    if keeping := ends.postponed(max(today, ends.due_on)):
        postponed = _postponed(keeping, today=today, with_ground=with_ground)
        if ends.due_on > today:
            then = _("Without that: erased in January %(year)s, because %(why)s.") % told
        else:
            then = _("Erased by the first run after the release, because %(why)s.") % told
        return f"{postponed} {then}"
    if ends.due_on > today:
        return _("Erased in January %(year)s, because %(why)s.") % told
    if today.month > 1:
        return _("Erased within a few days, because %(why)s.") % told
    told["day"] = written(date(today.year, 1, due.LAST_DAY))
    if ends.waits_for_bill(today):
        return _("Erased when the bill is settled, by %(day)s, because %(why)s.") % told
    return _("Erased by %(day)s, because %(why)s.") % told


def order_sentence(ends: ClientEnds, order: OrderEnd, *, today: date) -> str:
    """Return when one order of the client is erased, with its notes."""
    if ends.postponed(max(today, order.due_on)):
        return _("The erasure of this service's data is postponed.")
    if order.due_on > today:
        told = {"year": order.due_on.year}
        return _("The data of this service is erased in January %(year)s.") % told
    if today.month > 1:
        return _("The data of this service is erased within a few days.")
    last = {"day": written(date(today.year, 1, due.LAST_DAY))}
    return _("The data of this service is erased by %(day)s.") % last


def destroyed_by(ends: ClientEnds, printed: Collection[OrderEnd], *, today: date) -> str:
    """Return when a paper has to be destroyed on which something of the orders was printed (C32).

    Before the first of them is erased in the register, at the latest. A hold keeps the paper too.
    """
    last_day = min(order.last_day for order in printed)
    if keeping := ends.postponed(max(today, last_day)):
        told = {"day": written(keeping.review_on)}
        return (
            _(
                "The erasure is postponed. Destroy this paper when that ends; ask on %(day)s at "
                "the latest."
            )
            % told
        )
    if last_day <= today:
        return _("Destroy this paper as soon as it was read.")
    return _("Destroy this paper by %(day)s.") % {"day": written(last_day)}


def _why(ends: ClientEnds, *, today: date) -> str:
    last = ends.last
    if last is None:
        return _("no service was ordered since %(day)s") % {"day": written(ends.created_on)}
    told = {"service": last.service, "day": written(last.ends_on)}
    if last.ended_by is EndedBy.MEETING:
        return _("the last meeting (%(service)s) was on %(day)s") % told
    if last.ended_by is EndedBy.CANCELLATION:
        return _("%(service)s was cancelled on %(day)s") % told
    if last.ends_on > today:
        return _("%(service)s ends on %(day)s") % told
    if last.ended_by is EndedBy.END:
        return _("%(service)s ended on %(day)s") % told
    if last.ends_on == today:
        return _("%(service)s is valid until today, %(day)s") % told
    return _("%(service)s was valid until %(day)s") % told


def _postponed(keeping: Postponed, *, today: date, with_ground: bool) -> str:
    told = {"day": written(keeping.review_on)}
    if keeping.review_on < today:
        words = _("The erasure is postponed; review overdue since %(day)s.") % told
    else:
        words = _("The erasure is postponed, to be reviewed by %(day)s.") % told
    if with_ground:
        words += " " + _("Ground: %(ground)s.") % {"ground": keeping.ground.label}
    return words
