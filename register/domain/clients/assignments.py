"""Who works with which client: periods that open a client to a counsellor (C33, C35).

A period is never overwritten, and the past is not rewritten: who could see whom on a day is
answered later as it would have been answered then.

A client who opens to a main user stands on the data protection contact's list: who decides about
that could take any client (C33).
"""

from datetime import date

from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from register.access.gate import may_create, may_list
from register.access.handing_over import may_hand_over, to_hand_over
from register.access.standing import User, effective_access, looking_anew
from register.domain.access_log import reading
from register.domain.access_log.changing import add, add_with_another, changing, locked
from register.domain.staff import changes
from register.exceptions import NotAllowed
from register.models import Assignment, Client
from register.models.access_log import Action
from register.models.staff import Role

VIEW = "assignment"


def on(
    day: date, *, by: User, today: date, client: Client | None = None, user: User | None = None
) -> list[Assignment]:
    """Return the periods that opened a client to a counsellor on the day, the read being logged.

    One that was ended early on that day counts: it was open for a part of it. Whether the
    counsellor could log in on that day, the account tells.

    Args:
        client, user: only this client's periods, only this counsellor's.

    Raises NotAllowed unless a main user asks, or the data protection contact, who is answered
    for clients in an open matter.
    """
    asks = effective_access(by, today=today).has(Role.MAIN_USER, Role.DATA_PROTECTION)
    if not (asks and may_list(by, Assignment, today=today)):
        raise NotAllowed
    asked = {"content_object": client, "user": user}
    return reading.read(
        Assignment,
        to=by,
        today=today,
        view="assignments_on",
        narrow=lambda rows: (
            rows.filter(Assignment.is_open_on.on(day))
            .filter(**{name: value for name, value in asked.items() if value is not None})
            .order_by("pk")
        ),
    )


def assign(
    *,
    client: Client,
    user: User,
    valid_from: date,
    valid_until: date | None,
    by: User,
    today: date,
) -> Assignment:
    """Open a client to a counsellor for a period, both days included.

    Raises:
        NotAllowed: unless a main user asks.
        Erased: the client is not there any more.
        ValidationError: it begins before today, or has a day in common with another period.
    """
    with transaction.atomic(), looking_anew():
        if not may_create(by, Assignment, today=today):
            raise NotAllowed
        if valid_from < today:
            raise ValidationError({"valid_from": _before_today()})
        # Of two who assign the same client at once, one waits here and then sees the other's.
        period = add(
            new_period(locked(client), user, valid_from, valid_until),
            by=by,
            today=today,
            view=VIEW,
            action=Action.ASSIGN,
            details={"counsellor": user.pk},
        )
        changes.note_if_main_user(user=user, client=client.pk, by=by)
    return period


def grant(*, client: Client, user: User, by: User, today: date) -> Assignment:
    """Open a client who is being added to a counsellor: a part of adding, whose gate was asked."""
    period = add_with_another(
        new_period(client, user, today, None),
        by=by,
        today=today,
        view="client_add",
        action=Action.ASSIGN,
        details={"counsellor": user.pk},
    )
    changes.note_if_main_user(user=user, client=client.pk, by=by)
    return period


def close_own(*, client: Client, by: User, today: date) -> None:
    """Close a client to the counsellor who added it for a colleague: a part of adding.

    The period stays: for a part of the day the client was open.
    """
    for period in to_hand_over(by=by, today=today).filter(user=by.pk, content_object=client):
        with changing(
            period,
            by=by,
            today=today,
            seen=None,
            view="client_add",
            action=Action.ASSIGN,
            allowed=may_hand_over,
        ) as change:
            change.set(revoked_on=today)
            change.details["counsellor"] = by.pk


def set_dates(
    *,
    assignment: Assignment,
    valid_from: date,
    valid_until: date | None,
    seen: int | None,
    by: User,
    today: date,
) -> Assignment:
    """Change the dates of a period, from today on.

    Raises NotAllowed, Stale, Erased, or ValidationError: the change would rewrite the past, or
    meet another period.
    """
    with transaction.atomic():
        locked(Client(pk=assignment.content_object_id))
        with changing(
            assignment, by=by, today=today, seen=seen, view=VIEW, action=Action.ASSIGN
        ) as change:
            _refuse_to_rewrite(change.row, valid_from, valid_until, today)
            change.set(valid_from=valid_from, valid_until=valid_until)
            change.details["counsellor"] = change.row.user_id
        if change.fields:
            changes.note_if_main_user(
                user=change.row.user, client=change.row.content_object_id, by=by
            )
    return change.row


def revoke(*, assignment: Assignment, by: User, today: date, seen: int | None) -> Assignment:
    """End a period at once, not only when its last day is over; one that is over stays as it is.

    A period that has not begun never opens. Raises NotAllowed, Stale or Erased.
    """
    with changing(
        assignment, by=by, today=today, seen=seen, view=VIEW, action=Action.ASSIGN
    ) as change:
        if not change.row.is_over(today):
            change.set(revoked_on=today)
            change.details["counsellor"] = change.row.user_id
    return change.row


def new_period(
    client: Client, user: User, valid_from: date, valid_until: date | None
) -> Assignment:
    """Return a period that is not saved yet: guardian's row with its one permission."""
    permission = Permission.objects.get(
        content_type__app_label="register", content_type__model="client", codename="view_client"
    )
    return Assignment(
        user_id=user.pk or 0,
        permission=permission,
        content_object=client,
        valid_from=valid_from,
        valid_until=valid_until,
    )


def _refuse_to_rewrite(
    row: Assignment, valid_from: date, valid_until: date | None, today: date
) -> None:
    """Raise ValidationError where a wanted date would change what a day until today was."""
    if (valid_from, valid_until) == (row.valid_from, row.valid_until):
        return
    if row.is_over(today):
        raise ValidationError(
            _("This assignment is over (%(period)s): add a new one instead.")
            % {"period": row.period}
        )
    refusals = {}
    if valid_from != row.valid_from and row.valid_from <= today:
        refusals["valid_from"] = _(
            "The assignment began on %(day)s: its first day can't be changed any more."
        ) % {"day": date_format(row.valid_from, "SHORT_DATE_FORMAT")}
    elif valid_from != row.valid_from and valid_from < today:
        refusals["valid_from"] = _before_today()
    if valid_until is not None and valid_until < today:
        refusals["valid_until"] = _(
            "The assignment can't end before today. To close the client to the counsellor at "
            "once, choose “End at once” instead."
        )
    if refusals:
        raise ValidationError(refusals)


def _before_today() -> str:
    return _(
        "The assignment can't begin before today: who could see the client on a past day stays "
        "as it was."
    )
