"""What changed between two texts is told by passage and word, and nothing else is."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from privacy_notice.comparing import Kind, compare, passages

OLD = "<h1>Seloste</h1><nav><li>Tiedot</li></nav><h2>Tiedot</h2><p>Kerromme <b>vain</b> tämän.</p>"
WORDS = st.text(alphabet="abcåäö ,.<&", max_size=12)


def page(texts):
    return "<h2>Osa</h2>" + "".join(
        f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>" for text in texts
    )


def told(sections):
    return [
        (each.heading, change.kind, change.html) for each in sections for change in each.changes
    ]


def test_a_changed_word_is_told_within_its_passage():
    new = OLD.replace("vain", "kaiken")
    assert told(compare(OLD, new)) == [
        ("Tiedot", Kind.CHANGED, "Kerromme <del>vain</del><ins>kaiken</ins> tämän.")
    ]


def test_two_passages_with_little_in_common_are_told_whole():
    new = OLD.replace("Kerromme <b>vain</b> tämän.", "Jotain muuta")
    assert told(compare(OLD, new)) == [
        ("Tiedot", Kind.CHANGED, "<del>Kerromme vain tämän.</del> <ins>Jotain muuta</ins>")
    ]


def test_a_passage_that_came_or_went_is_told_whole():
    new = OLD + "<ul><li>Uusi &amp; outo</li></ul>"
    assert told(compare(OLD, new)) == [("Tiedot", Kind.ADDED, "<ins>Uusi &amp; outo</ins>")]
    assert told(compare(new, OLD)) == [("Tiedot", Kind.REMOVED, "<del>Uusi &amp; outo</del>")]


def test_the_list_of_contents_is_left_out():
    assert [each.text for each in passages(OLD)] == ["Seloste", "Tiedot", "Kerromme vain tämän."]


def test_spaces_and_lines_are_no_difference():
    assert compare(OLD, OLD.replace(" ", "\n   ")) == []


@given(old=st.lists(WORDS, max_size=6), new=st.lists(WORDS, max_size=6))
def test_the_new_text_is_what_is_not_struck_out(old, new):
    """And the old one what is not underlined: a comparison hides and invents nothing."""
    changes = [html for _heading, _kind, html in told(compare(page(old), page(new)))]
    one, other = ({" ".join(text.split()) for text in texts} - {""} for texts in (old, new))
    for kept, dropped, texts in (("del", "ins", one - other), ("ins", "del", other - one)):
        read = {" ".join(plain(html, kept, dropped).split()) for html in changes} - {""}
        assert texts <= read <= one | other


def plain(html, kept, dropped):
    without = re.sub(rf"<{dropped}>.*?</{dropped}>", "", html)
    return unescape(re.sub(rf"</?{kept}>", "", without))
