"""Clients: adding, changing, and who may be one and the same person (C09–C13)."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from register.enums import Action
from register.exceptions import NotAllowed
from register.models import Client, LikelyDuplicate, ServiceOrder
from register.permissions import User, may_change, may_create, visible

from . import access_log, assignments
from .services import order_service


def add(*, client: Client, order: ServiceOrder, by: User, today: date) -> Client:
    """Add a client with the service ordered, and assign both to the counsellor who adds.

    A register of clients holds no prospects (C04): hence the order. Likely duplicates among
    colleagues' clients are reported to the data protection contact, and to nobody else.

    Raises NotAllowed when `by` is no counsellor in good standing.
    """
    if not may_create(by, Client, today=today):
        raise NotAllowed
    with transaction.atomic():
        client.created_on = today
        client.save(force_insert=True)
        assignments.grant(client=client, user=by, valid_from=today)
        access_log.changed(by=by, action=Action.CREATE, instance=client, view="client_add")
        order.client = client
        order_service(order=order, by=by, today=today)
        report_duplicates(client=client, by=by, today=today)
    return client


def change(*, client: Client, by: User, today: date) -> Client:
    """Save a client's corrected facts. NotAllowed when the client is not the counsellor's own."""
    if not may_change(by, client, today=today):
        raise NotAllowed
    with transaction.atomic():
        client.save(force_update=True)
        access_log.changed(by=by, action=Action.CHANGE, instance=client, view="client_edit")
        report_duplicates(client=client, by=by, today=today)
    return client


def alike(client: Client) -> QuerySet[Client]:
    """Other clients who may be the same person: same e-mail or phone, or name and birth year.

    Couples share addresses and numbers, so this is a question, never a refusal.
    """
    same = Q(email__iexact=client.email) if client.email else Q(pk__in=[])
    if client.phone:
        same |= Q(phone=client.phone)
    if client.birth_year:
        same |= Q(name__iexact=client.name, birth_year=client.birth_year)
    return Client.objects.filter(same).exclude(pk=client.pk)


def own_duplicates(*, client: Client, by: User) -> list[Client]:
    """Return likely duplicates among the clients that `by` sees, having logged the read."""
    return access_log.read(
        Client,
        to=by,
        view="client_duplicates",
        narrow=lambda rows: rows.filter(pk__in=alike(client).values("pk")),
    )


def report_duplicates(*, client: Client, by: User, today: date) -> int:
    """Tell the data protection contact of likely duplicates that `by` may not see.

    Returns how many there are.
    """
    hidden = alike(client).exclude(pk__in=visible(Client, to=by, today=today).values("pk"))
    found = [
        LikelyDuplicate(client=client, other=other, found_on=today) for other in hidden.only("pk")
    ]
    LikelyDuplicate.objects.bulk_create(found, ignore_conflicts=True)
    return len(found)
