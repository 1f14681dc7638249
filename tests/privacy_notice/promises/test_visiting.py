"""The visitor without an account, and what is read of a page."""

import pytest
from django.conf import settings as django_settings
from django.utils import translation

from privacy_notice.promises.visiting import ReadPage, Visitor

PAGE = """<!doctype html><html lang="fi"><head><title>Otsikko</title>
<link rel="stylesheet" href="/x.css"><link rel="canonical" href="https://else.example/">
<script src="https://cdn.example/x.js">var sana = "piilossa";</script></head><body>
<section id="a"><h2>Luku</h2><p id="b">Kaksi&nbsp;<b>sanaa</b><br>rivillä</p></section>
<table><tr><th>Nimi</th><td>poistetaan <i>tammikuussa</i></td></tr></table>
<img src="/a.png" srcset="/b.png 1x, https://kuvat.example/c.png 2x">
<a href="https://finlex.example/">laki</a><form action="https://muualla.example/"></form>
</body></html>"""


@pytest.fixture
def page():
    read = ReadPage()
    read.feed(PAGE)
    return read


def test_words_are_told_by_where_they_stand(page):
    assert page.language == "fi"
    assert page.sections == ["a"]
    assert page.says("kaksi sanaa rivillä", inside="b")
    assert page.says("LUKU Kaksi", inside="a")
    assert not page.says("Nimi", inside="a")
    assert page.says("nimi poistetaan tammikuussa")
    assert not page.says("piilossa")
    assert not page.says("x", inside="missing")


def test_what_comes_later_is_read_too(page):
    assert not page.says("jälkikirjoitus")
    page.feed("<p>Jälkikirjoitus</p>")
    assert page.says("jälkikirjoitus")


def test_rows_links_and_what_a_browser_asks_for(page):
    assert page.rows == [["Nimi", "poistetaan tammikuussa"]]
    assert page.links == ["https://finlex.example/"]
    assert page.asked_for == [
        "/x.css",
        "https://cdn.example/x.js",
        "/a.png",
        "/b.png",
        "https://kuvat.example/c.png",
        "https://muualla.example/",
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("site_content")
def test_a_visit_goes_through_all_middleware_and_leaves_nothing_behind():
    with translation.override("sv"):
        page = Visitor().page("/tietosuojaseloste/")
        assert translation.get_language() == "sv"
    assert "default-src 'none'" in page.policy
    assert page.language == django_settings.LANGUAGE_CODE


@pytest.mark.django_db
def test_a_page_that_is_not_there_is_none():
    with pytest.raises(ValueError, match="404"):
        Visitor().page("/ei-ole/")


@pytest.mark.django_db
def test_a_visit_in_a_visit_leaves_the_outer_one_as_it_was(client):
    """The report's button looks at pages while it answers a request itself."""
    assert Visitor().get("/admin/").status_code == 302
    assert client.get("/admin/login/").status_code == 200
