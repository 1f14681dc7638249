"""What an act on an order does, and what it did, in sentences (C44)."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from register.domain.retention.erasure_date import ClientEnds
from register.domain.retention.erasure_words import sentence
from register.models import ServiceOrder
from register.wagtail_admin.base.words import plain


def of_prolonging(
    order: ServiceOrder, ends: ClientEnds, *, until: date, reason: str = "", today: date
) -> list[str]:
    told = {"service": order.service, "day": plain(until)}
    after = ends.but(ends.of(order.pk).valid_until(until))
    return [
        _("%(service)s is valid until %(day)s.") % told,
        sentence(after, today=today),
    ]


def of_ending(order: ServiceOrder, ends: ClientEnds, *, on: date, today: date) -> list[str]:
    told = {"service": order.service, "day": plain(on)}
    return [
        _("%(service)s ended on %(day)s.") % told,
        *billed(order.price if order.is_to_bill else Decimal(0)),
        sentence(ends.but(ends.of(order.pk).ended(on)), today=today),
    ]


def of_cancelling(
    order: ServiceOrder, ends: ClientEnds, *, on: date, fee: Decimal | None = None, today: date
) -> list[str]:
    told = {"service": order.service, "day": plain(on)}
    return [
        _("%(service)s is cancelled as of %(day)s. No statistic counts it.") % told,
        *(billed(fee) if fee else [_("Nothing is billed.")]),
        sentence(ends.but(ends.of(order.pk).cancelled(on)), today=today),
    ]


def of_reopening(order: ServiceOrder, ends: ClientEnds, *, today: date) -> list[str]:
    told = {"service": order.service, "day": plain(order.planned_end)}
    price = {"price": plain(order.price)}
    return [
        _("%(service)s is valid until %(day)s, as before.") % told,
        *([_("Its price is now %(price)s: check it.") % price] if order.is_cancelled else []),
        sentence(ends.but(ends.of(order.pk).valid_until(order.planned_end)), today=today),
    ]


def billed(amount: Decimal) -> list[str]:
    """Return that an amount is billed next; nothing where there is none."""
    if not amount:
        return []
    return [_("%(amount)s goes to billing.") % {"amount": plain(amount)}]


def happened(order: ServiceOrder, *, today: date) -> str:
    """Return what was done to the order, as it stands now."""
    told = {"service": order.service}
    if order.cancelled_on:
        day = {"day": plain(order.cancelled_on)}
        return _("%(service)s was cancelled on %(day)s.") % (told | day)
    if order.actual_end:
        return _("%(service)s ended on %(day)s.") % (told | {"day": plain(order.actual_end)})
    return _("%(service)s is valid until %(day)s.") % (told | {"day": plain(order.planned_end)})
