"""The glossary, the screens and the code use one word for one thing."""

import re

import polib
import pytest

from futuuri_site.translations import LANGUAGES, translation_files
from tests.repository.files import ROOT, tracked

GLOSSARY = ROOT / "docs" / "glossary.md"


def vocabulary() -> list[list[str]]:
    """Return the rows of the tables: Finnish, Swedish, English, name in code."""
    lines = GLOSSARY.read_text(encoding="utf-8").splitlines()
    table = [line.strip().strip("|").split("|") for line in lines if line.startswith("| ")]
    return [[cell.strip() for cell in row] for row in table if row[0].strip() != "Suomeksi"]


def test_a_word_stands_in_the_glossary_once():
    english = [row[2] for row in vocabulary()]
    assert len(english) > 50
    assert len(english) == len(set(english))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_screens_speak_as_the_glossary_does(language):
    words = {row[2].lower(): row[["fi", "sv"].index(language)].lower() for row in vocabulary()}
    compared, differing = 0, []
    for path in translation_files(ROOT):
        if path.parts[-3] == language and path.exists():
            for entry in polib.pofile(str(path)):
                wanted = words.get(entry.msgid.lower())
                if wanted is not None and not entry.obsolete:
                    compared += 1
                    if entry.msgstr.lower() != wanted:
                        differing.append((entry.msgid, entry.msgstr, wanted))
    assert compared > 30
    assert differing == []


def test_a_word_is_called_in_code_what_the_glossary_says():
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in tracked("register/*.py", "privacy_notice/*.py")
        if "migrations" not in path.parts
    )
    names = {name for row in vocabulary() for name in re.findall(r"`(\w+)`", row[3])}
    assert {name for name in names if not re.search(rf"\b{name}\b", code)} == set()
