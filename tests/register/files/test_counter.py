"""The counter beside the database: whole or not there, for us alone."""

import pytest

from register.files import counter


def test_what_was_written_is_read():
    assert counter.read() is None
    for number in (1, 42):
        counter.write(number)
        assert counter.read() == number


def test_nobody_else_reads_it(private_dir):
    counter.write(1)
    assert (private_dir / counter.NAME).stat().st_mode & 0o777 == 0o600


def test_what_is_no_number_is_not_taken_for_none(private_dir):
    private_dir.mkdir()
    (private_dir / counter.NAME).write_text("")
    with pytest.raises(ValueError, match="invalid literal"):
        counter.read()


def test_a_write_that_fails_leaves_the_old_number(monkeypatch):
    counter.write(1)

    def full(*args):
        raise OSError(28, "full")

    monkeypatch.setattr(counter.durable, "put_in_place", full)
    with pytest.raises(OSError, match="full"):
        counter.write(2)
    assert counter.read() == 1
