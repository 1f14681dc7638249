"""The addresses of screens are made from the table, by one function."""

from tests.repository.files import ROOT, tracked


def test_no_screen_is_addressed_by_the_name_of_its_url():
    files = tracked("register/*.py", "register/*.html")
    assert any(path.suffix == ".html" for path in files)
    naming = [
        path.relative_to(ROOT).as_posix()
        for path in files
        if "_modeladmin_" in path.read_text(encoding="utf-8")
    ]
    assert naming == []
