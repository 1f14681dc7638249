"""A file is whole or not there; a line is whole or spoils itself alone."""

import hashlib
import os
import stat
from collections.abc import Iterator

import pytest

from register.files import durable


@pytest.fixture
def target(tmp_path):
    return tmp_path / "x.txt"


@pytest.fixture
def calls(monkeypatch):
    """What is asked of the operating system, in order; it is really done."""
    seen = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(
            os, name, lambda *a, real=real, name=name: seen.append(name) or real(*a)
        )
    return seen


def test_a_file_gets_its_name_once_it_is_on_the_disk(target, calls):
    digest = durable.write_temporary(target, [b"one ", b"two"])
    assert not target.exists()
    durable.put_in_place(target)

    assert target.read_bytes() == b"one two"
    assert digest == hashlib.sha256(b"one two").hexdigest()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert calls == ["fsync", "replace", "fsync"]


def test_a_writer_that_fails_leaves_the_old_file_and_no_other(target, tmp_path):
    target.write_bytes(b"old")

    def pieces() -> Iterator[bytes]:
        yield b"new"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"), durable.writing_in(tmp_path):
        durable.write_temporary(target, pieces())

    assert target.read_bytes() == b"old"
    assert sorted(os.listdir(tmp_path)) == [".lock", "x.txt"]


def test_what_a_killed_writer_left_is_removed_before_another_writes(target, tmp_path):
    durable.write_temporary(target, [b"killed"])
    with durable.writing_in(tmp_path):
        assert os.listdir(tmp_path) == [".lock"]


def test_lines_are_added_and_on_the_disk(target, calls):
    durable.append_lines(target, b"one\n")
    assert calls == ["fsync", "fsync"]  # the line, and the new file's name
    durable.append_lines(target, b"two\nthree\n")
    assert target.read_bytes() == b"one\ntwo\nthree\n"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_line_cut_short_spoils_no_other(target):
    durable.append_lines(target, b"one\ncut sh")
    durable.append_lines(target, b"two\n")
    assert target.read_bytes() == b"one\ncut sh\ntwo\n"
