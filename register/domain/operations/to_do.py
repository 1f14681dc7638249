"""What a counsellor has to see to among the own clients' services (C16, C33, C44, O6).

The first screen counts, which is no read; a list names, and each of its pages is one.
"""

from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, QuerySet, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from register.access.gate import changeable
from register.access.standing import User
from register.db.bulk import Keys
from register.domain.access_log import reading
from register.domain.retention import due
from register.models import ServiceOrder
from register.models.access_log import Action
from register.models.orders import BILLED, ServiceOrderQuerySet

VIEW = "to_do"


class ToDo(TextChoices):
    """The lists, each under its part of the address."""

    EXPIRED = "voimassaolo-paattynyt", _("Open past validity")
    ENDING = "paattyy-pian", _("Ends within 30 days")
    QUIET = "hiljaiset", _("Silent for twelve months")
    ERASED = "poistuvat", _("Erased next January")


def own(*, by: User, today: date) -> ServiceOrderQuerySet:
    """Return the services of the person's own clients, to be counted; `read` names them."""
    rows: ServiceOrderQuerySet = changeable(ServiceOrder, by=by, today=today)  # type: ignore[assignment]
    return rows


def rows(kind: ToDo, *, by: User, today: date) -> ServiceOrderQuerySet:
    """Return the services on the list, to be counted."""
    mine = own(by=by, today=today)
    match kind:
        case ToDo.EXPIRED:
            return _not_exported(mine).expired(today)
        case ToDo.ENDING:
            return _not_exported(mine).ending_soon(today)
        case ToDo.QUIET:
            return mine.quiet(today)
        case ToDo.ERASED:
            return mine.filter(pk__in=Keys(erased_next_january(mine, today=today)))


def _not_exported(mine: ServiceOrderQuerySet) -> ServiceOrderQuerySet:
    """Those of which billing has nothing yet: the validity of the others can't be changed."""
    return mine.exclude(BILLED)


def count(*, by: User, today: date) -> dict[ToDo, int]:
    """Return how many services stand on each list."""
    mine = own(by=by, today=today)
    by_validity = (
        _not_exported(mine)
        .order_by()
        .aggregate(
            expired=Count("pk", filter=ServiceOrder.is_expired.on(today)),
            ending=Count("pk", filter=ServiceOrder.is_ending_soon.on(today)),
        )
    )
    return {
        ToDo.EXPIRED: by_validity["expired"] or 0,
        ToDo.ENDING: by_validity["ending"] or 0,
        ToDo.QUIET: mine.quiet(today).count(),
        ToDo.ERASED: len(erased_next_january(mine, today=today)),
    }


def erased_next_january(mine: ServiceOrderQuerySet, *, today: date) -> frozenset[UUID]:
    """Return the keys of those of the services that are erased next January, as things are now.

    The engine's own predicate says so, on the last day of January, as for the forecast (R14).
    """
    day = date(today.year + 1, 1, due.LAST_DAY)
    perhaps = mine.perhaps_ended_before(due.new_year(day)).order_by()
    client_of = dict(perhaps.values_list("pk", "client"))
    decision = due.foresee(set(client_of.values()), today=day)
    return frozenset(client_of.keys() & decision.orders.keys())


def read(
    wanted: ServiceOrderQuerySet, *, by: User, today: date, start: int = 0, stop: int | None = None
) -> list[ServiceOrder]:
    """Return a page of one of the lists (`rows`), the read being logged.

    Each row has its client, `ends_on`, whether a hold keeps it (`is_held`) and whether billing has
    it (`is_exported`). What is open past its validity stands first, then what ends first.
    """

    def narrow(visible: QuerySet[ServiceOrder]) -> QuerySet[ServiceOrder]:
        told = visible.filter(pk__in=wanted.values("pk")).with_end().with_hold(today)  # type: ignore[attr-defined]
        open_first = Coalesce("cancelled_on", "actual_end").asc(nulls_first=True)
        told = told.annotate(is_exported=ExpressionWrapper(BILLED, BooleanField()))
        in_order = told.select_related("client", "service")
        return in_order.order_by(open_first, "planned_end", "pk")[start:stop]

    return reading.read(
        ServiceOrder, to=by, today=today, view=VIEW, action=Action.LIST, narrow=narrow
    )
