"""What a counsellor has to see to among the own clients' services (C16, C33, C44).

The first screen counts, which is no read; a list names, and each of its pages is one.
"""

from datetime import date
from uuid import UUID

from django.db.models import F, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from register.access.gate import changeable
from register.access.standing import User
from register.db.bulk import Keys
from register.domain.access_log import reading
from register.domain.retention import due
from register.models import ServiceOrder
from register.models.access_log import Action
from register.models.orders import ServiceOrderQuerySet

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
    return _among(own(by=by, today=today), kind, today)


def count(*, by: User, today: date) -> dict[ToDo, int]:
    """Return how many services stand on each list."""
    mine = own(by=by, today=today)
    return {kind: _among(mine, kind, today).count() for kind in ToDo}


def _among(mine: ServiceOrderQuerySet, kind: ToDo, today: date) -> ServiceOrderQuerySet:
    match kind:
        case ToDo.EXPIRED:
            return mine.expired(today)
        case ToDo.ENDING:
            return mine.ending_soon(today)
        case ToDo.QUIET:
            return mine.quiet(today)
        case ToDo.ERASED:
            return mine.filter(pk__in=Keys(erased_next_january(mine, today=today)))


def erased_next_january(mine: ServiceOrderQuerySet, *, today: date) -> frozenset[UUID]:
    """Return the keys of the services that are erased next January, as things are now.

    The engine's own predicate says so, on the last day of January, as for the forecast (R14).
    """
    day = date(today.year + 1, 1, due.LAST_DAY)
    perhaps = mine.perhaps_ended_before(due.new_year(day)).order_by()
    clients = perhaps.values_list("client", flat=True).distinct()
    return frozenset(due.foresee(clients, today=day).orders)


def read(
    kind: ToDo, *, by: User, today: date, start: int = 0, stop: int | None = None
) -> list[ServiceOrder]:
    """Return a page of the list, the read being logged.

    Each row has its client, `ends_on`, and `is_held` where a hold keeps it. What is open
    past its validity stands first, then what ends first.
    """

    def narrow(visible: QuerySet[ServiceOrder]) -> QuerySet[ServiceOrder]:
        mine = visible.filter(pk__in=rows(kind, by=by, today=today).values("pk"))
        told = mine.with_end().with_hold(today).select_related("client", "service")  # type: ignore[attr-defined]
        open_first = F("actual_end").asc(nulls_first=True)
        return told.order_by(open_first, "planned_end", "pk")[start:stop]

    return reading.read(
        ServiceOrder, to=by, today=today, view=VIEW, action=Action.LIST, narrow=narrow
    )
