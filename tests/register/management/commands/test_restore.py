"""`manage.py restore`: what it says of files that it can't read."""

import os
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command

NOBODY = 65534


@pytest.fixture
def files(open_folder):
    folder = open_folder()
    made = {name: folder / name for name in ("backup.age", "key.txt")}
    for file in made.values():
        file.write_text("")
    return made


@pytest.mark.parametrize("name", ["backup.age", "key.txt"])
def test_a_file_that_is_not_there_is_named(files, name):
    files[name].unlink()
    with pytest.raises(CommandError, match="koko polku") as told:
        call_command("restore", *as_given(files), "--check")
    assert str(files[name]) in str(told.value)


@pytest.mark.parametrize("name", ["backup.age", "key.txt"])
def test_a_file_of_another_user_is_named(files, name):
    files[name].chmod(0)
    with as_nobody(), pytest.raises(CommandError, match="oikeutta lukea") as told:
        call_command("restore", *as_given(files), "--check")
    assert str(files[name]) in str(told.value)


@contextmanager
def as_nobody():
    """Root may read whatever there is: be another user meanwhile."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)


def as_given(files):
    return str(files["backup.age"]), f"--identity={files['key.txt']}"
