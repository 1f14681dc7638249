"""Clients whom nobody who is there is responsible for, until they are handed over (C33, C34).

The main user sees of them the register number, the services and how long these last: enough to
give them to a colleague, and no name.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from register.access.gate import may_create
from register.access.standing import User
from register.domain.access_log.recording import record
from register.inventory.vocabulary import Purpose
from register.models import Assignment, Client, ServiceOrder, StaffMember
from register.models.access_log import Action
from register.models.staff import Role, named

VIEW = "without_counsellor"


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A client without a counsellor who is there.

    Attributes:
        orders: services that are not over, or the last one; none is ever shown with more.
        absent: who is responsible and away; nobody, where nobody is responsible.
    """

    client: Client
    orders: list[ServiceOrder]
    absent: list[str]


def may_look(*, by: User, today: date) -> bool:
    """Whether the person gives clients to counsellors."""
    return may_create(by, Assignment, today=today)


def count(*, by: User, today: date) -> int:
    """Return how many clients wait for a counsellor; 0 to whoever gives none."""
    return rows(today).count() if may_look(by=by, today=today) else 0


def rows(today: date) -> QuerySet[Client]:
    """Return the clients, those of absent people and those with a service and nobody."""
    present = StaffMember.objects.able_to_log_in(today).holding(Role.COUNSELLOR)
    periods = Assignment.objects.current(today).filter(content_object=OuterRef("pk"))
    covered = periods.filter(user__in=present.values("user"))
    ongoing = (
        ServiceOrder.objects.unrestricted()
        .filter(client=OuterRef("pk"))
        .exclude(pk__in=ServiceOrder.objects.finished(today).values("pk"))
    )
    return (
        Client.objects.unrestricted()
        .filter(~Exists(covered))
        .filter(Q(Exists(periods)) | Q(Exists(ongoing)))
        .order_by("register_number")
    )


def read(*, by: User, today: date, start: int, stop: int) -> list[Uncovered]:
    """Return a page of them, the read being logged; nothing to whoever gives no clients."""
    with transaction.atomic():
        waiting = rows(today) if may_look(by=by, today=today) else Client.objects.none()
        found = list(waiting.only("pk", "register_number")[start:stop])
        if found:
            keys = [client.pk for client in found]
            record(
                by=by,
                action=Action.LIST,
                purpose=Purpose.ADMINISTRATION,
                model=ServiceOrder,
                view=VIEW,
                clients=keys,
            )
        orders = orders_of(found, today)
        absent = absent_of(found, today)
    return [
        Uncovered(client, orders.get(client.pk, []), absent.get(client.pk, [])) for client in found
    ]


def orders_of(clients: list[Client], today: date) -> dict[object, list[ServiceOrder]]:
    """Return each client's services, without what was written of them: the ongoing, or the last."""
    found: dict[object, list[ServiceOrder]] = {}
    orders = (
        ServiceOrder.objects.unrestricted()
        .filter(client__in=clients)
        .select_related("service")
        .only("client", "planned_end", "actual_end", "service__name", "service__sort_key")
        .order_by("planned_end", "pk")
    )
    for order in orders:
        found.setdefault(order.client_id, []).append(order)
    return {
        key: [order for order in orders if order.is_ongoing(today)] or orders[-1:]
        for key, orders in found.items()
    }


def absent(*, by: User, today: date) -> list[StaffMember]:
    """Return who is responsible for one of them and away, to whoever gives clients."""
    if not may_look(by=by, today=today):
        return []
    periods = Assignment.objects.current(today).filter(content_object__in=rows(today))
    members = StaffMember.objects.filter(user__in=periods.values("user"))
    return list(members.select_related("user"))


def absent_of(clients: list[Client], today: date) -> dict[object, list[str]]:
    """Return by client who is responsible and away."""
    found: dict[object, list[str]] = {}
    periods = Assignment.objects.current(today).filter(content_object__in=clients)
    for period in periods.select_related("user").order_by("pk"):
        found.setdefault(period.content_object_id, []).append(named(period.user))
    return found
