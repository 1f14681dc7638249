"""The translations of the software: where they are, and whether they are complete and current."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

APPS = ("register", "privacy_notice", "home", "futuuri_site")
LANGUAGES = ("fi", "sv")
# Texts of templates and Python, and those of scripts.
DOMAINS = ("django", "djangojs")
# Not shown to anybody who uses the software, or not ours.
IGNORED = ("tests", "bench", "docs", "var", ".*", "__pycache__")


def translation_files(root: Path) -> list[Path]:
    """Return where the translations are, or would be. Texts of `templates/` are futuuri_site's."""
    return [
        root / app / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
        for app in APPS
        for language in LANGUAGES
        for domain in DOMAINS
    ]


def problems(root: Path) -> Iterator[str]:
    """Yield one line for each text that is missing, obsolete, fuzzy or not compiled.

    The texts are collected anew in a copy of the project, so that nothing here is changed.
    """
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(*IGNORED), symlinks=True)
        subprocess.run([sys.executable, "manage.py", "update_translations"], cwd=copy, check=True)
        for found, collected in zip(translation_files(root), translation_files(copy), strict=True):
            name = found.relative_to(root)
            wanted = entries(collected)
            if not wanted:
                continue
            if not found.exists():
                yield f"{name}: is missing ({len(wanted)} texts)"
                continue
            yield from (f"{name}: {problem}" for problem in compare(found, wanted))


def compare(po: Path, wanted: dict[Any, Any]) -> Iterator[str]:
    """Yield what is wrong with one catalogue, given the entries that the code asks for."""
    actual = entries(po)
    for key in wanted.keys() - actual.keys():
        yield f"new text {key[1]!r}"
    for key in actual.keys() - wanted.keys():
        yield f"obsolete text {key[1]!r}"
    for key, entry in actual.items():
        if entry.fuzzy or not entry.translated():
            yield f"{'fuzzy' if entry.fuzzy else 'untranslated'} text {key[1]!r}"
    mo = po.with_suffix(".mo")
    translated = {key: texts(entry) for key, entry in actual.items() if entry.translated()}
    if not mo.exists() or translated != {k: texts(e) for k, e in entries(mo).items()}:
        yield "is not compiled: make translations"


def entries(path: Path) -> dict[Any, Any]:
    """Return the living entries of a catalogue, .po or .mo, by context and text."""
    import polib  # a tool of the tests: the command works without it

    if not path.exists():
        return {}
    read = polib.mofile if path.suffix == ".mo" else polib.pofile
    return {
        (entry.msgctxt, entry.msgid, entry.msgid_plural): entry
        for entry in read(str(path), encoding="utf-8")
        if not entry.obsolete
    }


def texts(entry: Any) -> tuple[str, dict[int, str]]:
    return entry.msgstr, dict(entry.msgstr_plural)


def drop_dates(root: Path) -> None:
    """Take the time of collection out of the translations: it alone changes with every run."""
    for path in translation_files(root):
        if path.exists():
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            kept = [line for line in lines if not line.startswith('"POT-Creation-Date')]
            path.write_text("".join(kept), encoding="utf-8")
