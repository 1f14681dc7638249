"""A number keeps its unit, a long Finnish word may part, and nothing but what is read changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.text.normal_form import one_line
from register.text.typesetting import bound, parted, typeset


@pytest.mark.parametrize(
    "text",
    [
        "3_kuukautta",
        "1_234,50_€",
        "§_6",
        "6_§:n",
        "12_artiklan mukaan",
        "klo_14.02",
        "31._tammikuuta",
        "01530_Vantaa",
        "040_767_6884",
        "Työvalmennus Futuuri_Oy",
        "(EU)_2016/679",
        "tiedot_– myös nämä",
        "24_h",
        "5_år",
        "30_days",
        "2016 mukaisesti",
        "3 henkilöä",
        "01530 on postinumero",
    ],
)
def test_what_is_read_together_is_bound(text):
    assert bound(text.replace("_", " ")).replace("\xa0", "_") == text


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("Data-skydds-beskrivning", "sv"),
        ("data-skydds-ombudsmannen", "sv"),
        ("person-uppgiftsbiträde", "sv"),
        ("Tieto-suoja-seloste", "fi"),
        ("Yksityis-asiakas-palveluiden", "fi"),
        ("Kuluttaja-palveluiden", "fi"),
        ("asiakas-rekisteri", "fi"),
        ("rekisterin-pitäjä", "fi"),
        ("yksityis-henkilöitä", "fi"),
        ("palaute-lomakkeeseen", "fi"),
        ("velvol-li-suuk-siimme", "fi"),
        ("vält-tä-mät-tömiä", "fi"),
    ],
)
def test_a_long_word_parts_between_its_words_else_between_syllables(word, language):
    plain = word.replace("-", "")
    made = parted(plain, language)
    assert made.replace("\xad", "") == plain
    assert made.replace("\xad", "-") == word


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/p?a=3 vuotta">yhteys</a>',
        "<textarea>3 vuotta tietosuojaselosteessa</textarea>",
        "<option>3 vuotta</option>",
        "kirsi.valtopitkanimisukunimi@tyovalmennusfutuuri.fi",
        "www.tyovalmennusfutuuri.fi",
        "https://tietosuojavaltuutettu/",
        "<!-- 3 vuotta > -->",
    ],
)
def test_addresses_values_and_markup_stay(html):
    assert typeset(html, language="fi") == html


def test_only_words_of_known_parts_part_in_other_languages():
    html = "<p>ansvarsförsäkringsbolaget</p>"
    assert typeset(html, language="sv") == html
    html = "<p>palautelomakkeeseen</p>"
    assert typeset(html, language="en") == html


def test_what_follows_a_value_is_set_again():
    html = "<textarea>3 vuotta</textarea><p>3 vuotta</p>"
    assert typeset(html, language="fi") == "<textarea>3 vuotta</textarea><p>3\xa0vuotta</p>"


@given(st.text())
def test_whoever_reads_the_text_reads_the_same(text):
    html = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert one_line(typeset(html, language="fi")) == one_line(html)
