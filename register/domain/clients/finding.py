"""Own clients: those who match what was typed, and those whose card was opened last (C33, C38)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from register.access.gate import changeable, visible
from register.access.standing import User
from register.db.bulk import Keys
from register.db.keys import found
from register.domain.access_log import reading
from register.models import AccessLogEntry, Client, ServiceOrder
from register.models.access_log import Action

SEARCHED = ("search_key",)
COUNTED = 1000  # more than these are not counted
LOOKED_BACK = 200  # openings of cards: enough for some clients, whoever was opened over and over


@dataclass(frozen=True, slots=True)
class Found:
    """A client with the service that is worked on: the open one that began last, or the last.

    Attributes:
        order: one that is in force before one that is only not marked as ended; None where the
            client has none.
        is_open: whether nobody has marked it as ended.
    """

    client: Client
    order: ServiceOrder | None
    is_open: bool


def find(query: str, *, by: User, today: date, limit: int) -> tuple[list[Found], int]:
    """Return the first own clients by name who match, and how many match; the search is logged.

    Nobody, and no entry, to whoever has no clients.

    Args:
        query: words of a name, an e-mail address, phone or register number, as `for_search`
            folds them. The log says by what was searched and how many were found, never this.
    """
    mine = changeable(Client, by=by, today=today)
    if mine.query.is_empty():
        return [], 0
    matching = mine.filter(found(Client, query, keys=SEARCHED))
    hits = matching.order_by()[: COUNTED + 1].count()
    asked: dict[str, Any] = {"searched": list(SEARCHED), "hits": hits}
    keys = matching.values("pk")
    clients = _read(
        lambda rows: rows.filter(pk__in=keys).order_by("sort_key", "pk")[:limit],
        view="home_search",
        action=Action.SEARCH,
        by=by,
        today=today,
        asked=asked,
    )
    return clients, hits


def last_opened(*, view: str, by: User, today: date, limit: int) -> list[Found]:
    """Return the own clients whose card the person opened last, newest first; the read is logged.

    The log of use knows them: nothing else is kept for it.

    Args:
        view: what the log calls the card.
    """
    mine = changeable(Client, by=by, today=today)
    opened = AccessLogEntry.objects.filter(
        actor=by.pk, action=Action.VIEW, model=Client._meta.label, view=view
    )
    newest = opened.order_by("-at", "-pk").values_list("object_key", flat=True)[:LOOKED_BACK]
    keys = [UUID(key) for key in dict.fromkeys(newest) if key]
    still_mine = set(mine.filter(pk__in=Keys(keys)).values_list("pk", flat=True))
    shown = [key for key in keys if key in still_mine][:limit]
    clients = _read(
        lambda rows: rows.filter(pk__in=Keys(shown)),
        view="last_opened",
        action=Action.LIST,
        by=by,
        today=today,
    )
    return sorted(clients, key=lambda each: shown.index(each.client.pk))


def _read(
    narrow: Any,
    *,
    view: str,
    action: Action,
    by: User,
    today: date,
    asked: dict[str, Any] | None = None,
) -> list[Found]:
    orders = visible(ServiceOrder, to=by, today=today).with_hold(today).select_related("service")  # type: ignore[attr-defined]
    with_orders = Prefetch("orders", queryset=orders.order_by("-starts_on", "pk"), to_attr="seen")

    def narrowed(rows: QuerySet[Client]) -> QuerySet[Client]:
        return narrow(rows).prefetch_related(with_orders)

    clients = reading.read(
        Client, to=by, today=today, view=view, action=action, narrow=narrowed, asked=asked
    )
    return [_with_order(client, client.seen, today) for client in clients]  # type: ignore[attr-defined]


def _with_order(client: Client, orders: Sequence[ServiceOrder], today: date) -> Found:
    still_open = [order for order in orders if order.is_ongoing(today)]
    still_open += [order for order in orders if order.is_expired(today)]
    return Found(client, next(iter([*still_open, *orders]), None), is_open=bool(still_open))
