"""One-time links: the owner of an account sets its password, and nobody else knows it (C35, C36).

A link is mailed to its owner, or, where no mail is set up, shown once to whoever made it. Its
secret is in no row, no log and no address that a server is asked for: it stands behind the `#`.
"""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from hashlib import sha256
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from register.access.standing import Actor, looking_anew
from register.conf import register_settings
from register.domain.access_log.changing import changing
from register.domain.access_log.recording import record_change
from register.domain.staff import changes
from register.domain.staff.sending import own_address
from register.models import AccessLogEntry, OneTimeLink, StaffMember
from register.models.access_log import Action
from register.models.staff import ChangeKind

NAME = "register_link"  # of the page that a link leads to
SECRET_BYTES = 32


class Answer(Enum):
    """What a link is worth at a moment."""

    OPEN = "open"
    UNKNOWN = "unknown"
    USED = "used"
    REPLACED = "replaced"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Given:
    """A link that was made, with its secret, which is known here and nowhere else."""

    link: OneTimeLink
    secret: str = field(repr=False)

    @property
    def address(self) -> str:
        return f"{own_address(reverse(NAME))}#{self.secret}"


def give(
    *,
    member: StaffMember,
    seen: int | None,
    by: Actor,
    today: date,
    now: datetime,
    by_mail: bool | None = None,
) -> Given:
    """Make a link for the member; older ones end. The password stays until the link is used.

    Args:
        by: a main user, for another's account; SYSTEM for a command on the server.
        by_mail: whether it is mailed; by default as the settings say.

    It stands on the data protection contact's list. Raises ValidationError where it would open
    nothing: the account is closed or suspended, or has no address to mail to.
    """
    mailed = register_settings.LINKS_BY_MAIL if by_mail is None else by_mail
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with changing(member, by=by, today=today, seen=seen, view="staff_link") as change:
        _refuse(change.row, by=by, today=today, mailed=mailed)
        void(change.row, now=now)
        time = register_settings.LINK_TIME if mailed else register_settings.SHOWN_LINK_TIME
        link = OneTimeLink.objects.create(
            member=change.row,
            secret_hash=hashed(secret),
            by_mail=mailed,
            made_at=now,
            expires_at=now + time,
        )
        change.touch()
        change.details["link"] = "mailed" if mailed else "shown"
        changes.note(kind=ChangeKind.LINK, member=change.row, by=by)
    return Given(link, secret)


def void(member: StaffMember, *, now: datetime) -> None:
    """Let no link that was made before open anything. A part of a verb that has asked."""
    OneTimeLink.objects.filter(member=member, used_at=None, replaced_at=None).update(
        replaced_at=now
    )


def answer(secret_hash: str, *, today: date, now: datetime) -> Answer:
    """Return what the link with this hash is worth now."""
    link = OneTimeLink.objects.select_related("member__user").filter(secret_hash=secret_hash)
    return _worth(link.first(), today=today, now=now)


def owner(secret_hash: str, *, today: date, now: datetime) -> Any:
    """Return the user whose password an open link sets, or None."""
    links = OneTimeLink.objects.select_related("member__user").filter(secret_hash=secret_hash)
    link = links.first()
    is_open = link is not None and _worth(link, today=today, now=now) is Answer.OPEN
    return link.member.user if link and is_open else None


def use(*, secret_hash: str, password: str, today: date, now: datetime) -> Answer:
    """Set the password of the link's owner, which ends all sessions; return what the link was.

    Whoever holds an open link is its owner: no gate is asked, and the log names the owner. Anything
    but OPEN has changed nothing. Raises ValidationError for a weak password (C36); the link then
    stays open.
    """
    with transaction.atomic(), looking_anew():
        links = OneTimeLink.objects.select_for_update(of=("self",), no_key=True)
        link = links.select_related("member__user").filter(secret_hash=secret_hash).first()
        worth = _worth(link, today=today, now=now)
        if link is None or worth is not Answer.OPEN:
            return worth
        user: Any = link.member.user
        validate_password(password, user)
        user.set_password(password)
        user.save(update_fields=["password"])
        link.used_at = now
        link.save(update_fields=["used_at"])
        record_change(
            link.member,
            by=user,
            today=today,
            action=Action.CHANGE,
            view="link_password",
            details={"account": ["password"]},
        )
    return worth


def hashed(secret: str) -> str:
    """Return what is kept of a secret. It is random and long, so that one fast hash is enough."""
    return sha256(secret.encode()).hexdigest()


def _worth(link: OneTimeLink | None, *, today: date, now: datetime) -> Answer:
    if link is None:
        return Answer.UNKNOWN
    member = link.member
    answers = (
        (Answer.CLOSED, member.is_closed(today) or not member.user.is_active),
        (Answer.USED, link.is_used),
        (Answer.REPLACED, link.is_replaced),
        (Answer.EXPIRED, link.is_expired(now) or _was_outlived(link)),
        (Answer.SUSPENDED, member.is_suspended(today)),
    )
    return next((each for each, holds in answers if holds), Answer.OPEN)


def _was_outlived(link: OneTimeLink) -> bool:
    """Whether the log knows of a later moment: a clock that was set back opens no link again."""
    return AccessLogEntry.objects.filter(at__gt=link.expires_at).exists()


def _refuse(member: StaffMember, *, by: Actor, today: date, mailed: bool) -> None:
    if member.user_id == by.pk:
        raise ValidationError(
            _("You change your own password on the page of your own account, not by a link.")
        )
    if member.is_closed(today) or not member.user.is_active:
        raise ValidationError(_("The account is closed: a link would open nothing."))
    if member.is_suspended(today):
        raise ValidationError(
            _("The login is removed today, %(day)s: give the link when it is back.")
            % {"day": date_format(today, "SHORT_DATE_FORMAT")}
        )
    if mailed and not member.user.email:
        raise ValidationError(_("The account has no e-mail address to send the link to."))
