"""What stands on the page stands in the PDF, in its order and with its structure."""

import re

import pytest

from privacy_notice.comparing import passages
from privacy_notice.models import NoticeVersion
from privacy_notice.pdf.reading import read
from tests.privacy_notice.pdf.documents import text

ADDRESS = "https://example.org/tietosuojaseloste/"


def kinds(html):
    return [each["kind"] for each in read(html, address=ADDRESS)]


@pytest.mark.usefixtures("site_content")
def test_every_passage_of_the_notice_is_there_in_its_order():
    html = re.sub('<span class="cell-label">.*?</span>', "", NoticeVersion.objects.get().shown())
    told = "".join(text(read(html, address=ADDRESS)).split())
    place = 0
    for passage in passages(html):
        place = told.index("".join(passage.text.split()), place)


def test_headings_skip_no_level():
    blocks = read("<h1>a</h1><h3>b</h3><h2>c</h2><h6>d</h6>", address=ADDRESS)
    assert [each["level"] for each in blocks] == [1, 2, 2, 3]


def test_lists_and_tables_keep_their_structure():
    (table,) = read(
        "<table><thead><tr><th>a<th>b</tr></thead><tr><th>c<td>d</tr><tr><td>e</tr></table>",
        address=ADDRESS,
    )
    assert len(table["head"]) == 2
    assert [len(row) for row in table["rows"]] == [2, 2]
    (inner,) = read("<ol><li>a<ul><li>b</ul></ol>", address=ADDRESS)
    assert inner["ordered"]
    assert [each["kind"] for each in inner["items"][0]] == ["paragraph", "list"]
    (terms,) = read("<dl><div><dt>a</dt><dd>b</dd><dd>c</dd></div></dl>", address=ADDRESS)
    assert terms["items"] == [{"term": ["a"], "told": [["b"], ["c"]]}]


@pytest.mark.parametrize(
    ("href", "to"),
    [
        ("/palaute/", "https://example.org/palaute/"),
        ("#oikeudet", f"{ADDRESS}#oikeudet"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("tel:+358104204140", "tel:+358104204140"),
        ("javascript:alert(1)", None),
        ("", None),
        ("http://[", None),
        ("https://example.org/" + "a" * 3000, None),
    ],
)
def test_links_lead_where_the_pages_do_and_nowhere_else(href, to):
    (paragraph,) = read(f'<p><a href="{href}">x</a></p>', address=ADDRESS)
    assert paragraph["inline"] == ([{"kind": "link", "to": to, "inline": ["x"]}] if to else ["x"])


def test_what_is_empty_or_no_text_is_left_out():
    html = "<nav><h2>x</h2></nav><h2> </h2><p></p><ul></ul><dl></dl><table></table><!-- x -->"
    assert kinds(html + "<script>x</script><p><a href='/'> </a></p>") == []


def test_loose_text_is_a_paragraph_and_its_blanks_are_one():
    assert read("<div>a\n  b<br>c<p>d</p></div>", address=ADDRESS) == [
        {"kind": "paragraph", "inline": ["a b", {"kind": "break", "inline": []}, "c"]},
        {"kind": "paragraph", "inline": ["d"]},
    ]


def test_a_list_in_a_cell_is_line_by_line_without_what_narrow_screens_repeat():
    cell = '<td><span class="cell-label">x</span><ul> <li>b</li> <li>c</li> </ul></td>'
    (table,) = read(f"<table><tr><th>a</th></tr><tr>{cell}</tr></table>", address=ADDRESS)
    told = [each for each in table["rows"][0][0] if each != " "]
    assert told == ["b", {"kind": "break", "inline": []}, "c"]
