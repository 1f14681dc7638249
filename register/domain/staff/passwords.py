"""A new password of one's own (C36). Another's is nobody's to set: see `links`."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from register.access.standing import User, looking_anew
from register.domain.access_log.recording import record_change
from register.domain.staff import links
from register.models import StaffMember
from register.models.access_log import Action


def change_own_password(*, password: str, by: User, today: date, now: datetime) -> None:
    """Give oneself a new password, which ends one's other sessions and one's open link (C36).

    Whoever asks has just given the current one. A user who is no staff member is none of the log's
    business. Raises ValidationError for a weak password.
    """
    with transaction.atomic(), looking_anew():
        user: Any = by
        validate_password(password, user)
        user.set_password(password)
        user.save(update_fields=["password"])
        member = StaffMember.objects.filter(user=user).first()
        if member is not None:
            links.void(member, now=now)
            record_change(
                member,
                by=by,
                today=today,
                action=Action.CHANGE,
                view="own_password",
                details={"account": ["password"]},
            )
