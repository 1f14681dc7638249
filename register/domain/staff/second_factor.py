"""The second factor of a log-in: one's own, and a colleague's after a lost phone (C36).

The rows are allauth's; secrets lie encrypted in one of ours. Each change is an entry of the log of
use that names the account, and is told to its owner. Whoever changes one's own has just shown one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from register.access import running_sessions
from register.access.second_factor import APP, FACTORS, PASSKEY, RECOVERY, factors_of, is_required
from register.access.standing import Actor, User, looking_anew
from register.db.encryption import Unreadable
from register.domain.access_log.changing import changing
from register.domain.access_log.recording import record_change
from register.domain.staff import changes
from register.domain.staff.telling import tell_when_done
from register.exceptions import LastFactor, NotAllowed
from register.models import FactorSecret, StaffMember
from register.models.access_log import Action
from register.models.staff import ChangeKind
from register.text.normal_form import one_line

LONGEST_NAME = 60  # characters


def add_passkey(*, name: str, credential: dict[str, Any], by: User, today: date) -> Authenticator:
    """Add a passkey that the browser has just made, and recovery codes beside the first factor.

    Args:
        credential: what the browser answered, checked by allauth.
    """
    with _changing_own(by, today=today, view="own_passkey_add"):
        data = {"name": passkey_name(name), "credential": credential}
        added = Authenticator.objects.create(user=by, type=PASSKEY, data=data)
        _add_recovery_codes(by)
        tell_when_done(by, _("A passkey was added to your account."))
    return added


def rename_passkey(*, passkey: Authenticator, name: str, by: User, today: date) -> Authenticator:
    """Call a passkey of one's own otherwise. NotAllowed for another person's."""
    with _changing_own(by, today=today, view="own_passkey_rename"):
        row = _own(passkey, by)
        row.data = {**row.data, "name": passkey_name(name)}
        row.save(update_fields=["data"])
    return row


def add_app(*, secret: str, by: User, today: date) -> Authenticator:
    """Add an authenticator app, in place of the one before, and recovery codes beside it.

    Args:
        secret: what the app was given, in base 32; one of its codes was just right.
    """
    with _changing_own(by, today=today, view="own_app_add"):
        for before in Authenticator.objects.filter(user=by, type=APP):
            _forget(before)
        data = {"secret": _keep(secret, by)}
        added = Authenticator.objects.create(user=by, type=APP, data=data)
        _add_recovery_codes(by)
        tell_when_done(by, _("An authenticator app was added to your account."))
    return added


def remove_factor(*, factor: Authenticator, by: User, today: date) -> None:
    """Remove a passkey or the app of one's own; with the last one the recovery codes go.

    Raises LastFactor where every log-in takes one, and NotAllowed for another person's.
    """
    with _changing_own(by, today=today, view="own_factor_remove"):
        row = _own(factor, by)
        is_last = not factors_of(by).exclude(pk=row.pk).exists()
        if is_last and is_required():
            raise LastFactor("A log-in takes a second factor: add another one first.")
        for each in Authenticator.objects.filter(user=by) if is_last else [row]:
            _forget(each)
        tell_when_done(by, _("A second factor was removed from your account."))


def renew_recovery_codes(*, by: User, today: date) -> None:
    """Make new recovery codes; those of before are worth nothing any more."""
    with _changing_own(by, today=today, view="own_recovery_codes_renew"):
        if not factors_of(by).exists():
            raise NotAllowed("Recovery codes stand in for a factor, and there is none.")
        for before in Authenticator.objects.filter(user=by, type=RECOVERY):
            _forget(before)
        _add_recovery_codes(by)
        tell_when_done(by, _("New recovery codes were made for your account."))


def recovery_codes(user: Any) -> list[str] | None:
    """Return one's recovery codes that are left; None where there are none, or none readable."""
    row = Authenticator.objects.filter(user=user, type=RECOVERY).first()
    if row is None:
        return None
    kept = FactorSecret.objects.filter(pk=row.data["seed"]).first()
    if kept is None or isinstance(kept.secret, Unreadable):
        return None
    codes: list[str] = RecoveryCodes(row).get_unused_codes()
    return codes


def reset_second_factor(
    *, member: StaffMember, seen: int | None, by: Actor, today: date
) -> StaffMember:
    """Take all factors from a colleague who has lost them, and end the running sessions (C36).

    At the next log-in the person is led to set one up. Raises NotAllowed for one's own account:
    whoever has the session only would take away what protects it.
    """
    with changing(member, by=by, today=today, seen=seen, view="staff_factor_reset") as change:
        if by.pk == change.row.user_id:
            raise NotAllowed("One's own second factor is reset by a colleague.")
        user: Any = change.row.user
        for each in Authenticator.objects.select_for_update().filter(user=user):
            _forget(each)
        running_sessions.end(user)
        change.touch()
        change.details["account"] = ["second_factor"]
        changes.note(kind=ChangeKind.SECOND_FACTOR, member=change.row, by=by)
        tell_when_done(user, _("The second factor of your account was reset."))
    return change.row


def has_one(member: StaffMember) -> bool:
    """Whether the member has a second factor."""
    return factors_of(member.user).exists()


def passkey_name(name: str) -> str:
    """Return a passkey's name in its one form; without one, a word for it."""
    return one_line(name)[:LONGEST_NAME].strip() or str(_("Passkey"))


@contextmanager
def _changing_own(by: User, *, today: date, view: str) -> Iterator[None]:
    """Change one's own factors: one change at a time, and with an entry of the log of use.

    A user who is no staff member is none of the log's business.
    """
    key: Any = by.pk
    with transaction.atomic(), looking_anew():
        list(get_user_model()._default_manager.select_for_update().filter(pk=key))
        yield
        member = StaffMember.objects.filter(user=by.pk).first()
        if member is not None:
            record_change(
                member,
                by=by,
                today=today,
                action=Action.CHANGE,
                view=view,
                details={"account": ["second_factor"]},
            )


def _own(factor: Authenticator, by: User) -> Authenticator:
    found = Authenticator.objects.filter(pk=factor.pk, user=by, type__in=FACTORS).first()
    if found is None:
        raise NotAllowed("This is no second factor of one's own.")
    return found


def _add_recovery_codes(user: Any) -> None:
    if Authenticator.objects.filter(user=user, type=RECOVERY).exists():
        return
    data = {"seed": _keep(RecoveryCodes.generate_seed(), user), "used_mask": 0}
    Authenticator.objects.create(user=user, type=RECOVERY, data=data)


def _keep(secret: str, user: Any) -> str:
    """Keep a secret encrypted, and return what stands for it in allauth's row."""
    kept = FactorSecret(user=user)
    kept.secret = secret
    kept.save()
    return str(kept.pk)


def _forget(factor: Authenticator) -> None:
    """Delete a factor with its secret."""
    keys = [factor.data[name] for name in ("secret", "seed") if name in factor.data]
    FactorSecret.objects.filter(pk__in=keys, user=factor.user_id).delete()
    factor.delete()
