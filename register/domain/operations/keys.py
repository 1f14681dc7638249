"""Which encryption keys this database was written with, compared with the settings (C18).

A key is enrolled before it encrypts anything, by its id and fingerprint. It is retired once
nothing is under it any more, and may then be taken out of the settings. Nothing is served with
settings whose keys are not those of the database: what they encrypt might never open again.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.translation import gettext as _

from register.access.standing import SYSTEM
from register.conf import register_settings
from register.db.encryption import current_key_id, fingerprint
from register.domain.access_log.recording import record
from register.domain.operations import key_rotation
from register.exceptions import KeyUnknown
from register.inventory.vocabulary import Purpose
from register.models import EncryptionKey
from register.models.access_log import Action
from register.reference import clock
from register.setting_values import looks


def problems(*, read_texts: bool = True) -> Iterator[str]:
    """Yield a line for each key of the settings or the database that the other does not know.

    Args:
        read_texts: look also for texts that a process left running wrote under a retired key.
            That reads all texts: at a start it is worth it, not each minute.
    """
    enrolled = {key.key_id: key for key in EncryptionKey.objects.all()}
    for key_id in register_settings.ENCRYPTION_KEYS:
        if key_id not in enrolled:
            yield _("Key %(id)s is new to this database: run manage.py enroll_encryption_keys.") % {
                "id": key_id
            }
        elif enrolled[key_id].fingerprint != fingerprint(key_id):
            yield _(
                "Key %(id)s is another key than this database was written with under that id."
            ) % {"id": key_id}
    for key_id, key in enrolled.items():
        if key_id in register_settings.ENCRYPTION_KEYS or key.given_up_on:
            continue
        if key.retired_on is None or (read_texts and _is_used(key_id)):
            yield _("Key %(id)s is missing, and stored texts need it: put it back.") % {
                "id": key_id
            }


def refuse_unknown() -> None:
    """Raise ImproperlyConfigured with one line for each problem; nothing is served before."""
    if found := list(problems()):
        raise ImproperlyConfigured("\n".join(["", *found]))


def enroll(*, today: date) -> list[str]:
    """Note the keys of the settings that the database does not know yet; return their ids.

    A new database takes its first ones without an entry in the log, with all else that it begins
    with.

    Raises:
        KeyUnknown: an id is taken by another key, or looks like one that is. Nothing is enrolled.
    """
    known = dict(EncryptionKey.objects.values_list("key_id", "fingerprint"))
    alike = {looks(key_id): key_id for key_id in known}
    new = [key_id for key_id in register_settings.ENCRYPTION_KEYS if key_id not in known]
    for key_id in register_settings.ENCRYPTION_KEYS:
        if known.get(key_id, fingerprint(key_id)) != fingerprint(key_id):
            raise KeyUnknown(f"The id {key_id} belongs to another key: give the new one its own.")
        if key_id in new and looks(key_id) in alike:
            raise KeyUnknown(f"The id {key_id} looks like {alike[looks(key_id)]}: choose another.")
    with transaction.atomic():
        for key_id in new:
            key = EncryptionKey.objects.create(
                key_id=key_id, fingerprint=fingerprint(key_id), enrolled_on=today
            )
            if known:
                _log(key, Action.CREATE)
    return new


def enroll_first(**kwargs: Any) -> None:
    """Enroll the keys of a database that knows none. Runs after `migrate`."""
    if not EncryptionKey.objects.exists():
        enroll(today=clock.today())


def retire_others(*, today: date) -> list[str]:
    """Retire every key but the one that encrypts; return the ids that the settings still hold.

    Call it when `key_rotation.proven` says that nothing is under another key.
    """
    current = current_key_id()
    with transaction.atomic():
        for key in EncryptionKey.objects.select_for_update():
            wanted = None if key.key_id == current else key.retired_on or today
            if key.retired_on != wanted:
                key.retired_on = wanted
                key.save(update_fields=["retired_on"])
                _log(key, Action.CHANGE, "retired_on")
    return [key_id for key_id in register_settings.ENCRYPTION_KEYS if key_id != current]


def give_up(key_id: str, *, today: date) -> int:
    """Note that a key is lost for good, and return how many texts nobody will read any more.

    They stay where they are and are shown as unreadable: found again, the key can be put back.

    Raises:
        KeyUnknown: the database knows no such key, or the settings hold it.
    """
    with transaction.atomic():
        lost = EncryptionKey.objects.select_for_update().filter(key_id=key_id).first()
        if key_id in register_settings.ENCRYPTION_KEYS or lost is None:
            raise KeyUnknown(f"{key_id} is no missing key of this database.")
        lost.given_up_on = today
        lost.save(update_fields=["given_up_on"])
        _log(lost, Action.CHANGE, "given_up_on")
    return sum(key_rotation.under(column, key_id).count() for column in key_rotation.columns())


def new_id(*, today: date) -> str:
    """Return an id for a new key, made from the day, that no key has or had."""
    taken = {looks(key_id) for key_id in register_settings.ENCRYPTION_KEYS}
    taken |= {looks(key_id) for key_id in EncryptionKey.objects.values_list("key_id", flat=True)}
    day, number = f"{today:%Y-%m-%d}", 1
    while looks(key_id := day if number == 1 else f"{day}-{number}") in taken:
        number += 1
    return key_id


def _is_used(key_id: str) -> bool:
    return any(key_rotation.under(column, key_id).exists() for column in key_rotation.columns())


def _log(key: EncryptionKey, action: Action, *fields: str) -> None:
    record(
        by=SYSTEM,
        action=action,
        purpose=Purpose.RIGHTS,
        model=EncryptionKey,
        view="encryption_keys",
        objects=[key],
        count=1,
        details={"fields": list(fields)} if fields else {},
    )
