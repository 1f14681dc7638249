"""C29: private files are for their owner's eyes."""

import stat

from register.files import private


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_path_is_in_the_private_folder_and_makes_nothing(private_dir):
    assert private.path("a", "b.txt") == private_dir / "a" / "b.txt"
    assert not private_dir.exists()


def test_a_missing_folder_is_made_for_its_owner_alone(private_dir):
    assert private.folder("a", "b") == private_dir / "a" / "b"
    assert [mode(path) for path in (private_dir, private_dir / "a", private_dir / "a" / "b")] == [
        0o700
    ] * 3


def test_a_folder_that_others_could_enter_is_closed(private_dir):
    (private_dir / "a").mkdir(parents=True, mode=0o755)
    private.folder("a")
    assert mode(private_dir / "a") == 0o700


def test_what_lies_above_the_private_folder_stays_open_to_others(settings, tmp_path):
    settings.REGISTER = {**settings.REGISTER, "PRIVATE_DIR": tmp_path / "var" / "private"}
    private.folder()
    assert mode(tmp_path / "var") & 0o055


def test_a_file_is_readable_by_its_owner_alone(tmp_path):
    with open(tmp_path / "x", "w", opener=private.owner_only):
        pass
    assert mode(tmp_path / "x") == 0o600
