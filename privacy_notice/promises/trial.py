"""The engine itself, tried on real rows: whatever it does is rolled back."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from register.access.standing import looking_anew


@contextmanager
def rolled_back() -> Iterator[None]:
    """Undo in the end whatever the block does in the database. Keep it short: it holds locks."""
    with transaction.atomic(), looking_anew():
        yield
        transaction.set_rollback(True)
