"""What is in a backup: a tar archive, its list of members, and a signature of that list.

    about.json            when, of what, by which versions
    database/000001 …     the dump, in pieces
    private/…  media/…    the files beside it
    manifest.json         size and SHA-256 of each of these
    manifest.hmac         made of it with an encryption key

Whoever has the public key can make a file that opens. So it is the signature that tells ours.
"""

import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from platform import python_version
from typing import Any, BinaryIO

import django
import wagtail
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _
from pyrage import x25519

from register.db.encryption import current_key_id, signature
from register.domain.access_log import restored
from register.exceptions import BackupDamaged, BackupFailed, KeyUnavailable
from register.files import age, archive
from register.files.archive import Archive, Member, Passing

ABOUT, MANIFEST, SIGNATURE = "about.json", "manifest.json", "manifest.hmac"
DATABASE, PRIVATE, MEDIA = "database", "private", "media"
FORM = 1


@dataclass(frozen=True, slots=True)
class About:
    """What a backup says of itself.

    Attributes:
        form: number of the form described above.
        taken_at: ISO 8601.
        database: kind of the database.
        counter: heartbeats counted then.
        migrations: app and name of each that had been applied.
        versions: of what made it.
    """

    form: int
    taken_at: str
    database: str
    counter: int
    migrations: list[list[str]]
    versions: dict[str, str]


def about_now(taken_at: str) -> About:
    applied = MigrationRecorder.Migration.objects.order_by("app", "name")
    return About(
        form=FORM,
        taken_at=taken_at,
        database=connection.vendor,
        counter=restored.inside_number(),
        migrations=[list(each) for each in applied.values_list("app", "name")],
        versions={
            "django": django.__version__,
            "python": python_version(),
            "wagtail": wagtail.__version__,
        },
    )


def in_json(about: About) -> bytes:
    return json.dumps(asdict(about), indent=1).encode()


def manifest(written: Archive) -> bytes:
    """Return the list of what was written."""
    return json.dumps({"key": current_key_id(), "members": written.members}, indent=1).encode()


def signed(message: bytes) -> bytes:
    return signature(message, key_id=current_key_id()).encode()


def walk(file: BinaryIO, keys: Sequence[x25519.Identity], take: Callable[[Passing], None]) -> About:
    """Read a backup from its beginning to its end; give each member of content to `take`.

    Returns what it says of itself, once it is known to be whole and ours: BackupDamaged when it is
    not, BackupFailed when the key for its signature is not in the settings.
    """
    file.seek(0)
    seen: dict[str, Member] = {}
    ends: dict[str, bytes] = {}
    about = b""
    with age.decrypting(file, identities=keys) as plain:
        for passing in archive.read(plain):
            if passing.name in (MANIFEST, SIGNATURE):
                ends[passing.name] = passing.data()
                continue
            if passing.name in seen or (passing.name == ABOUT) == bool(seen):
                raise BackupDamaged(_("The backup is not in order."))
            if passing.name == ABOUT:
                about = passing.data()
            else:
                take(passing)
            seen[passing.name] = passing.member()
    _check(seen, ends)
    return _about(about)


def _check(seen: dict[str, Member], ends: dict[str, bytes]) -> None:
    try:
        told: dict[str, Any] = json.loads(ends[MANIFEST])
        members = {name: Member(*member) for name, member in told["members"].items()}
        key = str(told["key"])
        expected = signature(ends[MANIFEST], key_id=key)
    except KeyUnavailable:
        wanted = _("Put the key %(key)s back into the settings: the backup needs it.")
        raise BackupFailed(wanted % {"key": key}) from None
    except (KeyError, TypeError, ValueError):
        raise BackupDamaged(_("The backup is cut short, or is none.")) from None
    if not hmac.compare_digest(expected.encode(), ends.get(SIGNATURE, b"")):
        raise BackupDamaged(_("The backup was not made by this register."))
    if members != seen:
        raise BackupDamaged(_("The backup is not whole."))


def _about(data: bytes) -> About:
    try:
        return About(**json.loads(data))
    except (TypeError, ValueError):
        raise BackupDamaged(_("The backup was made by another version.")) from None
