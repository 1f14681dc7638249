"""A client's facts: adding and changing (C09–C13)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from register.access.standing import User
from register.domain.access_log.changing import add as add_row
from register.domain.access_log.changing import changing
from register.domain.orders import orders
from register.domain.staff import hearings
from register.models import Client, StaffMember

from . import assignments, counsellors, duplicates


def add(
    *,
    facts: Mapping[str, Any],
    order: Mapping[str, Any],
    by: User,
    today: date,
    responsible: StaffMember | None = None,
    keeps: bool = False,
) -> Client:
    """Add a client with the service ordered, and assign both to the counsellor responsible.

    A register of clients holds no prospects (C04): hence the order. A counsellor types what the
    client tells; the other way in is the company's own earlier list (`importing`, C22). Likely
    duplicates among colleagues' clients are reported to the data protection contact, and to nobody
    else.

    The first one waits until the staff were heard about the log of use (Act 759/2004).

    Args:
        facts: values of the client's fields (C09–C13) by name.
        order: values of the order's fields, as `orders.order_service` takes them.
        responsible: a colleague in good standing; without one, the counsellor who adds.
        keeps: whether the client stays open to who adds it for a colleague (C33).

    Raises NotAllowed when `by` is no counsellor in good standing, and ValidationError.
    """
    with transaction.atomic():
        client = add_row(Client(**facts, created_on=today), by=by, today=today, view="client_add")
        if not Client.objects.exclude(pk=client.pk).exists():
            hearings.refuse_before_hearing(today=today)
        assignments.grant(client=client, user=by, by=by, today=today)
        colleague = None if responsible and responsible.user_id == by.pk else responsible
        if colleague:
            _refuse_shut(colleague, today)
            assignments.grant(client=client, user=colleague.user, by=by, today=today)
        orders.order_service(client=client, values=order, counsellor=colleague, by=by, today=today)
        duplicates.report_duplicates(client=client, by=by, today=today)
        if colleague and not keeps:
            assignments.close_own(client=client, by=by, today=today)
    return client


def _refuse_shut(member: StaffMember, today: date) -> None:
    if not counsellors.in_good_standing(today).filter(pk=member.pk).exists():
        refusal = _("The register is shut for this colleague. Choose somebody else.")
        raise ValidationError({"responsible": refusal})


def change(
    *, client: Client, changes: Mapping[str, Any], seen: int | None, by: User, today: date
) -> Client:
    """Correct a client's facts.

    Args:
        changes: new values by field name.
        seen: the row's version that the person saw.

    Raises NotAllowed when the client is not the counsellor's own, Stale, Erased, ValidationError.
    """
    with transaction.atomic():
        with changing(client, by=by, today=today, seen=seen, view="client_edit") as change:
            change.set(**changes)
        duplicates.report_duplicates(client=change.row, by=by, today=today)
    return change.row
