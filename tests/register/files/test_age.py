"""Streams in the age format: whole or refused, and never silently cut."""

import io
import tracemalloc

import pyrage
import pytest
from pyrage import x25519

from register.exceptions import BackupDamaged, KeyFileUnfit
from register.files import age

KEY = x25519.Identity.generate()
PUBLIC = str(KEY.to_public())
TEXT = b"Salainen Nimismies " * 20_000


def encrypted(pieces=(TEXT,), recipient=PUBLIC):
    file = io.BytesIO()
    age.encrypt(pieces, file, recipient=recipient)
    return file.getvalue()


def decrypted(data, key=KEY):
    with age.decrypting(io.BytesIO(data), identities=[key]) as plain:
        return plain.read()


@pytest.mark.parametrize("pieces", [(), (b"",), (b"a", b"", b"b"), (TEXT,), (TEXT, TEXT[:7])])
def test_what_was_encrypted_is_decrypted(pieces):
    assert decrypted(encrypted(pieces)) == b"".join(pieces)


def test_any_age_opens_it():
    assert pyrage.decrypt(encrypted(), [KEY]) == TEXT


def test_nothing_is_in_clear_and_the_public_key_does_not_open_it():
    data = encrypted()
    assert b"Nimismies" not in data
    with pytest.raises(BackupDamaged, match="ei avaudu"):
        decrypted(data, key=x25519.Identity.generate())


@pytest.mark.parametrize("cut", [0, 10, 100, 65_536, 70_000, -1, -20])
def test_one_that_was_cut_is_refused(cut):
    with pytest.raises(BackupDamaged):
        decrypted(encrypted()[:cut])


def test_one_that_was_changed_is_refused():
    data = bytearray(encrypted())
    data[len(data) // 2] ^= 1
    with pytest.raises(BackupDamaged):
        decrypted(bytes(data))


class Full(io.BytesIO):
    """A disk that is full after so many writes."""

    def __init__(self, writes):
        super().__init__()
        self.left = writes

    def write(self, data):
        self.left -= 1
        if self.left < 0:
            raise OSError(28, "full")
        return super().write(data)


@pytest.mark.parametrize("size", [1, 65_536, 65_537, 300_000])
def test_a_disk_that_is_full_at_any_write_is_told(size):
    """pyrage itself says nothing when the last write fails: the backup would be cut in silence."""
    whole = Full(writes=99)
    age.encrypt([b"x" * size], whole, recipient=PUBLIC)
    for writes in range(99 - whole.left):
        with pytest.raises(OSError, match="full"):
            age.encrypt([b"x" * size], Full(writes), recipient=PUBLIC)


def test_an_error_of_the_source_comes_out_as_it_is():
    def pieces():
        yield b"x"
        raise KeyError("dump failed")

    with pytest.raises(KeyError, match="dump failed"):
        encrypted(pieces())


def test_memory_stays_small():
    class Nowhere(io.RawIOBase):
        def write(self, data):
            return len(data)

    tracemalloc.start()
    age.encrypt((b"x" * 100_000 for _ in range(500)), Nowhere(), recipient=PUBLIC)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_reader_that_stops_early_hangs_nothing():
    with age.decrypting(io.BytesIO(encrypted()), identities=[KEY]) as plain:
        plain.read(10)


def test_a_key_file_is_read_as_age_keygen_writes_it(tmp_path):
    file = tmp_path / "key.txt"
    file.write_text(f"# created: 2026\n# public key: {PUBLIC}\n{KEY}\n")
    assert [str(key) for key in age.identities(file)] == [str(KEY)]


@pytest.mark.parametrize(
    "text", ["", PUBLIC, "AGE-SECRET-KEY-NONSENSE"], ids=["none", "public", "bad"]
)
def test_a_file_without_a_private_key_is_refused(tmp_path, text):
    file = tmp_path / "key.txt"
    file.write_text(text)
    with pytest.raises(KeyFileUnfit) as refused:
        age.identities(file)
    assert not text or text not in str(refused.value)
