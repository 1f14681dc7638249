"""When what is kept of a member of the staff ends (O8, Act 759/2004).

The rest goes when the owner's time after the closing of the account is over. Name and user name
stay until the last order, note and entry of a log that names the member is erased: until then
who guided a client, and who used what, must be answerable.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import SET_NULL, ForeignKey, QuerySet

from register.access.standing import SYSTEM
from register.domain.access_log.naming import names_member
from register.domain.access_log.recording import record
from register.domain.erasure.engine import empty_account, erase_account
from register.inventory import WithAccount, inventory
from register.inventory.ends import years
from register.inventory.vocabulary import Purpose
from register.models import StaffMember
from register.models.access_log import Action
from register.reference.clock import years_before


def erase_closed(*, today: date) -> int:
    """Erase what is over of closed accounts; return how many accounts lost something.

    The log tells how many and not whose: an entry about a member would keep the name once more.
    """
    done = 0
    for member in over(today=today).select_related("user"):
        with transaction.atomic():
            erased = empty_account(member)
            if not is_named(member):
                erase_account(member)
                erased += 1
            if erased:
                done += 1
                record(
                    by=SYSTEM,
                    action=Action.ERASE,
                    purpose=Purpose.ADMINISTRATION,
                    model=StaffMember,
                    view="retention",
                    count=1,
                )
    return done


def over(*, today: date) -> QuerySet[StaffMember]:
    """Return the members whose account was closed longer ago than the owner's time."""
    first_kept = years_before(today, years(WithAccount.kept_for))
    return StaffMember.objects.filter(closed_on__lt=first_kept)


def is_named(member: StaffMember) -> bool:
    """Whether an order, a note, an assignment or a log still needs the member's name."""
    keys = {StaffMember: member.pk, get_user_model(): member.user_id}
    rows = (
        field.model._base_manager.filter(**{field.attname: keys[field.related_model]})
        for field in naming()
    )
    return any(each.exists() for each in rows) or names_member(member)


def naming() -> "Iterator[ForeignKey[Any, Any]]":
    """Yield the foreign keys of the register's own rows that need the name of a member.

    One that may be empty is emptied with the name; a row that belongs to the account went before.
    """
    for declaration in inventory:
        if isinstance(declaration.ends, WithAccount):
            continue
        for field in apps.get_model(declaration.model)._meta.concrete_fields:
            if field.related_model not in (get_user_model(), StaffMember):
                continue
            if isinstance(field, ForeignKey) and field.remote_field.on_delete is not SET_NULL:
                yield field
