"""A form that adds a row adds one, however often its button is pressed (C18).

Each form carries a random word. The first save keeps its hash in the transaction that adds the
row, where it is unique: a second save at the same moment waits for the first, and finds its row.
As with a search, what is kept for half an hour is the row's key, and hashes that open nothing.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils.crypto import salted_hmac

from register.exceptions import SavedBefore
from register.models import KeptResult

M = TypeVar("M", bound=Model)


def new_word() -> str:
    """Return what tells a form from all others."""
    return secrets.token_urlsafe(16)


def save_once(act: Callable[[], M], *, word: str, sent: str, account: int, now: datetime) -> M:
    """Do what adds a row, and return the row, unless the form was saved before.

    Args:
        act: the verb, which asks the gate.
        word: the form's own; "" when it has none, and then nothing is kept.
        account: the key of the person's account; another's form means nothing.
        sent: all that the form says, to tell a second press from a second thought.

    Raises SavedBefore with the key of the first row. Whatever the verb raises: then nothing is
    kept, and the form can be saved again.
    """
    if not word:
        return act()
    with transaction.atomic():
        kept, is_first = KeptResult.objects.get_or_create(
            token_hash=_hash("form", f"{account}:{word}"),
            defaults={
                "session_hash": _hash("account", str(account)),
                "keys": [],
                "made_at": now,
            },
        )
        if not is_first:
            _refuse(kept, word=word, sent=sent)
        made = act()
        kept.keys = [str(made.pk), _hash("sent", f"{word}:{sent}")]
        kept.save(update_fields=["keys"])
    return made


def refuse_saved(*, word: str, sent: str, account: int) -> None:
    """Raise SavedBefore for a form that was saved: its row may be why it is refused now."""
    kept = KeptResult.objects.filter(token_hash=_hash("form", f"{account}:{word}")).first()
    if word and kept:
        _refuse(kept, word=word, sent=sent)


def _refuse(kept: KeptResult, *, word: str, sent: str) -> None:
    key, before = kept.keys
    raise SavedBefore(key, same=before == _hash("sent", f"{word}:{sent}"))


def _hash(kind: str, value: str) -> str:
    return salted_hmac(f"register.saved_once.{kind}", value, algorithm="sha256").hexdigest()
