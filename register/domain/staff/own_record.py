"""What is kept of a member of the staff, for that person to see (Art. 15 GDPR, Act 759/2004).

It is read from the inventory, so that what is kept is shown: whatever a later model keeps of the
staff, too.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Max, Min, Model, Q

from register.access.standing import User, effective_access
from register.domain.access_log.recording import record
from register.domain.erasure.engine import belonging_to_accounts
from register.exceptions import NotAllowed
from register.inventory import Declaration, inventory
from register.inventory.vocabulary import Purpose
from register.models import AccessLogEntry, StaffMember
from register.models.access_log import Action

# What Django's account holds of a person, but for the password, which nobody can read.
OF_ACCOUNT = ("username", "first_name", "last_name", "email", "date_joined", "last_login")
SHOWN = 100  # changes of one's own account, the newest


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows of one kind.

    Attributes:
        rows: each with its values by the names of the fields; empty where only their number tells.
    """

    model: type[Model]
    count: int
    rows: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """All that is kept of a person.

    Attributes:
        changes: what was done to the account, the newest first.
        logged: the moments of the first and the last entry about what the person did.
    """

    member: StaffMember
    kept: tuple[Kept, ...]
    changes: tuple[AccessLogEntry, ...]
    logged: tuple[datetime | None, datetime | None]


def own_record(*, by: User, today: date) -> OwnRecord:
    """Return what is kept of the person who asks, and log that they did.

    Everybody sees their own, trained or not, and nobody another's. Raises NotAllowed for a user
    who is no member of the staff or whose log-in is removed.
    """
    with transaction.atomic():
        member = effective_access(by, today=today).staff_member
        if member is None:
            raise NotAllowed("There is no record of somebody who is no member of the staff.")
        record(
            by=by,
            action=Action.VIEW,
            purpose=Purpose.RIGHTS,
            model=StaffMember,
            view="own_record",
            objects=[member],
            count=1,
        )
        about = Q(model=StaffMember._meta.label, object_key=str(member.pk))
        changes = AccessLogEntry.objects.filter(about).exclude(action=Action.VIEW)
        used = AccessLogEntry.objects.filter(actor=member.user_id)
        span = used.aggregate(first=Min("at"), last=Max("at"))
        return OwnRecord(
            member=member,
            kept=(_account(member), *_declared(member), *_others(member)),
            changes=tuple(changes.order_by("-at", "-pk")[:SHOWN]),
            logged=(span["first"], span["last"]),
        )


def _account(member: StaffMember) -> Kept:
    values = {name: getattr(member.user, name) for name in OF_ACCOUNT}
    return Kept(get_user_model(), 1, (values,))


def _declared(member: StaffMember) -> list[Kept]:
    found = []
    for declaration, path in inventory.erased_with_account():
        model = apps.get_model(declaration.model)
        names = shown(declaration, path)
        rows = tuple(
            {name: getattr(row, name) for name in names}
            for row in model._base_manager.filter(**{path: member.pk}).order_by("pk")
        )
        if rows:
            found.append(Kept(model, len(rows), rows if names else ()))
    return found


def shown(declaration: Declaration, path: str) -> list[str]:
    """Return the fields of a row that tell its member something: all but who the member is."""
    fields = (*declaration.entries, *declaration.personal)
    return [name for name in fields if name not in ("user", path)]


def _others(member: StaffMember) -> list[Kept]:
    """What other apps keep, such as Wagtail's settings: how many rows there are."""
    counted = (
        (field.model, field.model._base_manager.filter(**{field.name: member.user}).count())
        for field in belonging_to_accounts()
    )
    return [Kept(model, count) for model, count in counted if count]
