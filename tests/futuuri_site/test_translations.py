"""The check of the translations sees whatever is missing, left over, doubtful or not compiled."""

import polib
import pytest

from futuuri_site.translations import compare, entries


@pytest.fixture
def po(tmp_path):
    """Return a function that writes a compiled catalogue."""

    def write(*texts: polib.POEntry, compiled: bool = True):
        path = tmp_path / "django.po"
        file = polib.POFile(encoding="utf-8")
        file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
        file.extend(texts)
        file.save(str(path))
        if compiled:
            file.save_as_mofile(str(path.with_suffix(".mo")))
        return path

    return write


def text(msgid: str, msgstr: str = "käännös", **options) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **options)


def test_a_complete_catalogue_has_no_problem(po):
    path = po(text("Client"), text("date", msgctxt="short"))
    assert list(compare(path, entries(path))) == []


def test_a_new_and_an_obsolete_text_are_told(po, tmp_path):
    wanted = {(None, "New", ""): text("New"), (None, "Client", ""): text("Client")}
    path = po(text("Client"), text("Old"))
    assert set(compare(path, wanted)) == {"new text 'New'", "obsolete text 'Old'"}


def test_a_text_without_translation_or_with_a_doubtful_one_is_told(po):
    path = po(text("Empty", ""), text("Guess", flags=["fuzzy"]))
    assert set(compare(path, entries(path))) == {"untranslated text 'Empty'", "fuzzy text 'Guess'"}


def test_a_catalogue_that_is_not_compiled_is_told(po):
    path = po(text("Client"), compiled=False)
    assert list(compare(path, entries(path))) == ["is not compiled: make translations"]
    po(text("Client", "asiakas"))
    po(text("Client", "kunde"), compiled=False)
    assert list(compare(path, entries(path))) == ["is not compiled: make translations"]
