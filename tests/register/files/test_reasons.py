"""What may be told of an error: its kind, a code, a place of ours. Never a value."""

import errno

import pytest
from django.db import IntegrityError

from register.exceptions import FileDamaged, Stale
from register.files import private
from register.files.reasons import harmless


def test_a_full_disk_is_told_with_its_place(private_dir):
    error = OSError(errno.ENOSPC, "No space left", str(private.path("ledger.jsonl")))
    assert harmless(error) == "OSError: ENOSPC at PRIVATE_DIR/ledger.jsonl"


def test_a_file_of_others_is_not_named():
    error = PermissionError(errno.EACCES, "denied", "/srv/else/virtanen.txt")
    assert harmless(error) == "PermissionError: EACCES"


@pytest.mark.parametrize(
    "error", [IntegrityError("Key (name)=(Virtanen)"), ValueError("Virtanen"), KeyError("Virtanen")]
)
def test_the_text_of_others_errors_is_not(error):
    assert harmless(error) == type(error).__name__


def test_our_own_words_are():
    assert harmless(FileDamaged("It is cut short.")) == "FileDamaged: It is cut short."
    assert (
        harmless(Stale("register.Client", 1)) == "Stale: register.Client 1 was changed meanwhile."
    )
