"""The Finnish and Swedish translations are complete and compiled; shown without GNU gettext.

That they hold every text of the code is shown by `manage.py update_translations --check`.
"""

import re
from collections import defaultdict

import polib
import pytest

from futuuri_site.translations import LANGUAGES, compare, entries, translation_files
from tests.repository.files import ROOT

PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sdif]|%[sd]|\{[a-z_]*\}")
# Only futuuri_site has texts of scripts.
PATHS = [path for path in translation_files(ROOT) if path.stem == "django" or path.exists()]
every_file = pytest.mark.parametrize(
    "path", PATHS, ids=[str(path.relative_to(ROOT)) for path in PATHS]
)


def living(path):
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


def originals(entry):
    return [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]


def translations(entry):
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text):
    return sorted(PLACEHOLDER.findall(text.replace("%%", "")))


@every_file
def test_everything_is_translated_and_compiled(path):
    assert list(compare(path, entries(path))) == []


@every_file
def test_a_translation_has_the_placeholders_of_its_text(path):
    wrong = [
        text
        for entry in living(path)
        for text in translations(entry)
        if placeholders(text) not in [placeholders(original) for original in originals(entry)]
    ]
    assert wrong == []


@every_file
def test_a_translation_ends_as_its_text(path):
    """A full stop, a colon or a space is part of the text."""
    wrong = [
        (original, text)
        for entry in living(path)
        for original, text in zip(originals(entry), translations(entry), strict=True)
        if original[-1:] in ".:…?! " and text[-1] != original[-1]
    ]
    assert wrong == []


@every_file
def test_numbers_choose_between_one_and_many(path):
    plural = polib.mofile(str(path.with_suffix(".mo"))).metadata["Plural-Forms"]
    assert plural == "nplurals=2; plural=(n != 1);"


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_text_has_one_translation(language):
    """Django merges all translations: of two translations, one would be shown everywhere."""
    found = defaultdict(set)
    for path in PATHS:
        if path.parts[-3] == language and path.stem == "django":
            for entry in living(path):
                found[entry.msgctxt, entry.msgid].add(tuple(translations(entry)))
    assert {key: texts for key, texts in found.items() if len(texts) > 1} == {}


@every_file
def test_no_words_cite_a_clause(path):
    """Our numbers say nothing to those who read the words."""
    cited = re.compile(r"\b[CORBD]\d\d?\b")
    assert [text for entry in living(path) for text in originals(entry) if cited.search(text)] == []
