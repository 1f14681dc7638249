"""What a user may do with a file by owner and mode, as the kernel sees it."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.files import rights

SOMEBODY = 12345
needs_root = pytest.mark.skipif("os.geteuid() != 0", reason="only root becomes another user")


def as_the_kernel_says(path, needed: int, user: int) -> bool:
    os.seteuid(user)
    try:
        return os.access(path, needed, effective_ids=True)
    finally:
        os.seteuid(0)


@needs_root
@given(
    mode=st.integers(0, 0o777),
    needed=st.integers(1, 7),
    owner=st.sampled_from([0, SOMEBODY, SOMEBODY + 1]),
)
def test_it_agrees_with_the_kernel(open_folder, mode, needed, owner):
    file = open_folder() / "rights"
    file.touch()
    os.chown(file, owner, SOMEBODY + 2)
    file.chmod(mode)
    assert rights.may(file, needed, by=SOMEBODY) == as_the_kernel_says(file, needed, SOMEBODY)
    assert rights.may(file, needed, by=0)


@needs_root
def test_the_groups_rights_are_those_of_its_members(open_folder):
    import pwd

    folder = open_folder()
    member = next(each for each in pwd.getpwall() if each.pw_uid not in (0, SOMEBODY))
    os.chown(folder, 0, member.pw_gid)
    folder.chmod(0o750)
    assert rights.may(folder, rights.READ | rights.ENTER, by=member.pw_uid)
    assert not rights.may(folder, rights.WRITE, by=member.pw_uid)
    assert not rights.may(folder, rights.READ, by=SOMEBODY)


def test_what_cannot_be_read_is_named(open_folder):
    folder = open_folder()
    (folder / "shut").mkdir()
    for name in ("a", "b", "shut/c"):
        (folder / name).touch(mode=0o644)
    assert list(rights.unreadable(folder, by=SOMEBODY)) == []
    (folder / "a").chmod(0o640)
    (folder / "shut").chmod(0o700)
    found = set(rights.unreadable(folder, by=SOMEBODY))
    assert found == {folder / "a", folder / "shut"}
    folder.chmod(0o700)
    assert list(rights.unreadable(folder / "shut", by=SOMEBODY)) == [folder]


def test_it_is_for_its_own_rights_that_a_user_asks(private_dir):
    private_dir.mkdir()
    assert rights.user() == os.geteuid()


@needs_root
def test_root_asks_for_whoever_owns_the_private_folder(private_dir):
    assert rights.user() == 0
    private_dir.mkdir()
    os.chown(private_dir, SOMEBODY, -1)
    assert rights.user() == SOMEBODY
