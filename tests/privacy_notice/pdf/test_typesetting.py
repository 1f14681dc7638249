"""The PDF is tagged, tells its language and title, and is of the text alone."""

import json
import re
from datetime import date
from html import escape

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy_notice.pdf import typesetting
from privacy_notice.pdf.reading import read
from tests.naughty import HALVES, NAUGHTY
from tests.privacy_notice.pdf.documents import unpacked

HTML = (
    '<h1>Seloste</h1><p>Lue <a href="https://example.org/">lisää</a>.</p><h2>Tiedot</h2>'
    "<ul><li>Nimi</li></ul><ol><li>Ensin</li></ol><dl><dt>Puhelin</dt><dd>010</dd></dl>"
    "<table><tr><th>Tieto</th><th>Aika</th></tr><tr><th>Nimi</th><td>Vuosi</td></tr></table>"
)


def pdf(html=HTML, **changes):
    told = {
        "title": "Tietosuojaseloste",
        "language": "fi",
        "day": date(2026, 11, 26),
        "footer": "Versio 1",
        "page": "Sivu {page}/{pages}",
    }
    return typesetting.typeset(read(html, address="https://example.org/"), **{**told, **changes})


def test_it_is_tagged_with_language_and_title():
    made = unpacked(pdf(language="sv"))
    marks = (b"/StructTreeRoot", b"/MarkInfo", b"/DisplayDocTitle true", b"pdfuaid", b"/Lang(sv)")
    assert all(each in made for each in marks)


@pytest.mark.parametrize("tag", ["H1", "H2", "P", "L", "LI", "Table", "TH", "TD", "Link"])
def test_its_structure_has_a_tag(tag):
    assert re.search(rb"/S */%s\b" % tag.encode(), unpacked(pdf()))


def test_the_same_text_is_the_same_bytes():
    assert pdf() == pdf()
    assert pdf() != pdf(footer="Versio 2")


def headings(html):
    """Return what Typst itself takes the headings to say."""
    blocks = read(html, address="https://example.org/")
    notice = {
        "title": "a",
        "language": "fi",
        "day": {"year": 2026, "month": 1, "day": 1},
        "footer": "",
        "page": "",
        "blocks": blocks,
    }
    found = typst.query(
        typesetting.SOURCE.read_bytes(), "heading", sys_inputs={"notice": json.dumps(notice)}
    )
    return [each["body"] for each in json.loads(found)]


COMMANDS = [
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0"',
    "= Otsikko *lihava* _kursiivi_ `koodi` $x$ <nimi> @viite \\ // ei",
    '"#panic()"',
    "\\u{41} ~ --- ... [a] {b} / c: d + e - f",
]


@pytest.mark.parametrize("text", COMMANDS)
def test_no_text_is_a_command(text):
    (body,) = headings(f"<h1>{text.replace('<', '&lt;')}</h1>")
    assert body == {"func": "text", "text": text}
    assert pdf(f"<h1>{text.replace('<', '&lt;')}</h1>")


@settings(max_examples=30)
@given(st.text(max_size=40))
def test_any_text_can_be_printed(text):
    block = {"kind": "heading", "level": 1, "inline": [f"a{text}"]}
    told = {"title": f"a{text}", "language": "fi", "day": date(2026, 1, 1)}
    made = typesetting.typeset([block], **told, footer=text, page="{page}")
    assert b"/StructTreeRoot" in made


def test_it_sees_no_file_and_no_package(monkeypatch):
    for source in (b'#read("pyproject.toml")', b'#import "@preview/cetz:0.4.2"'):
        with monkeypatch.context() as patch:
            patch.setattr(typesetting, "SOURCE", FakeSource(source))
            with pytest.raises(typst.TypstError):
                pdf()


class FakeSource:
    def __init__(self, source):
        self.source = source

    def read_bytes(self):
        return self.source


@pytest.mark.parametrize("text", [each[:2000] for each in (*NAUGHTY, *HALVES)])
def test_no_naughty_text_stops_it(text):
    html = f"<h1>a{escape(text)}</h1><p>{escape(text)}</p><table><tr><th>{escape(text)}</table>"
    assert b"/StructTreeRoot" in unpacked(pdf(html, title=f"a{text}", footer=text))
