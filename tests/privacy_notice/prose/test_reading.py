"""A preview marks sentences that are hard to follow, and links that say nothing."""

import pytest

from privacy_notice.prose.reading import LONG_SENTENCE, VAGUE_LINK, is_vague, marked, sentences

WORDS = " ".join(["sana"] * 20)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Yksi. Kaksi.", 2),
        ("Palvelu päättyi 31. joulukuuta. Se poistetaan.", 2),
        ("Katso esim. taulukko.", 1),
        ("Laki (1050/2018). Asetus.", 2),
        ("Kello on klo 14.02. Nyt.", 2),
    ],
)
def test_a_sentence_ends_where_another_begins(text, count):
    assert len(sentences(text)) == count


def test_a_long_sentence_is_marked_and_two_short_ones_are_not():
    assert LONG_SENTENCE in marked(f"<p>Sana {WORDS} {WORDS}.</p>")
    assert LONG_SENTENCE not in marked(f"<p>Sana {WORDS}. Sana {WORDS}.</p>")


def test_a_list_is_no_sentence():
    items = "".join(f"<li><p>{WORDS}</p></li>" for _ in range(3))
    assert LONG_SENTENCE not in marked(f"<dd>Näin:<ul>{items}</ul></dd>")


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("tästä", True),
        ("Lue lisää…", True),
        ("https://tietosuoja.fi/", True),
        ("Klikkaa  tästä", True),
        ("Tietosuojavaltuutetun toimisto", False),
        ("010 420 4140", False),
        ("www.tyovalmennus.fi", False),
    ],
)
def test_a_link_says_where_it_leads(text, vague):
    assert is_vague(text) is vague
    assert (VAGUE_LINK in marked(f'<a href="/">{text}</a>')) is vague
