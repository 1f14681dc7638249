"""Each public page in three languages: one address is one page, in its language and no other."""

import json
import re

import pytest
from django.conf import settings
from django.utils import translation
from wagtail.models import Locale, Page

from futuuri_site.content import pages
from home.models import FeedbackPage, HomePage
from privacy_notice.models import PrivacyNoticePage
from register.models import Feedback
from register.models.staff import Role
from tests.factories import staff
from tests.notices import publish_draft

# The same page in each language.
SAME = {
    "home": ("/", "/sv/", "/en/"),
    "notice": ("/tietosuojaseloste/", "/sv/dataskyddsbeskrivning/", "/en/privacy-notice/"),
    "feedback": ("/palaute/", "/sv/respons/", "/en/feedback/"),
}
VERSIONS = (
    "/tietosuojaseloste/versiot/",
    "/sv/dataskyddsbeskrivning/versioner/",
    "/en/privacy-notice/versions/",
)
LANGUAGES = ("fi", "sv", "en")
EACH = [(path, code) for same in SAME.values() for path, code in zip(same, LANGUAGES, strict=True)]
BELOW = [
    *zip(VERSIONS, LANGUAGES, strict=True),
    *((f"{path}1/", code) for path, code in zip(VERSIONS, LANGUAGES, strict=True)),
    *((f"{same}?sent", code) for same, code in zip(SAME["feedback"], LANGUAGES, strict=True)),
]
SWITCH = re.compile(r'<a href="([^"]*)" lang="(..)" hreflang="(..)">([^<]*)</a>')
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">')
OUTSIDE_MAIN = re.compile(r"<main.*</main>", re.DOTALL)
every_language = pytest.mark.usefixtures("every_language")


@every_language
@pytest.mark.parametrize(("path", "language"), [*EACH, *BELOW])
@pytest.mark.parametrize("asked", ["fi", "sv,en;q=0.5", "de"])
def test_it_speaks_the_language_of_its_address_whatever_the_browser_asks(
    client, path, language, asked
):
    response = client.get(path, headers={"accept-language": asked})
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.text
    assert response["Content-Language"] == language
    assert "Accept-Language" not in response.get("Vary", "")


def shell(client, path):
    return OUTSIDE_MAIN.sub("", client.get(path).text)


SHELL_TEXTS = ["Skip to content", "Main navigation", "Business ID"]


@every_language
@pytest.mark.parametrize(("path", "language"), [*EACH, *BELOW])
def test_what_is_around_the_page_is_in_its_language_too(client, path, language):
    html = shell(client, path)
    for text in SHELL_TEXTS:
        with translation.override(language):
            assert translation.gettext(text) in html
        for other in {"fi", "sv"} - {language}:
            with translation.override(other):
                assert translation.gettext(text) not in html


@every_language
@pytest.mark.parametrize("same", SAME.values(), ids=SAME)
def test_translations_name_each_other_and_the_finnish_one_for_all_else(client, same):
    root = settings.WAGTAILADMIN_BASE_URL
    expected = {code: f"{root}{path}" for code, path in zip(LANGUAGES, same, strict=True)}
    for path in same:
        found = dict(ALTERNATE.findall(client.get(path).text))
        assert found == {**expected, "x-default": expected["fi"]}


@every_language
@pytest.mark.parametrize("same", [*SAME.values(), VERSIONS], ids=[*SAME, "versions"])
def test_a_reader_changes_the_language_by_a_link_in_its_own_name(client, same):
    names = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
    for path, language in zip(same, LANGUAGES, strict=True):
        html = client.get(path).text
        assert SWITCH.findall(html) == [
            (there, code, code, names[code])
            for there, code in zip(same, LANGUAGES, strict=True)
            if code != language
        ]
        assert f'<span lang="{language}" aria-current="true">{names[language]}</span>' in html


@every_language
def test_one_version_leads_to_the_versions_in_another_language(client):
    found = SWITCH.findall(client.get("/en/privacy-notice/versions/1/").text)
    assert [address for address, *_rest in found] == list(VERSIONS[:2])


@every_language
def test_a_translation_that_is_not_published_is_named_nowhere(client):
    assert 'hreflang="sv"' in client.get("/").text
    Page.objects.get(slug="respons").unpublish()
    assert client.get("/sv/respons/").status_code == 404
    html = client.get("/palaute/").text
    assert {code for code, _address in ALTERNATE.findall(html)} == {"fi", "en", "x-default"}
    assert [code for _address, code, *_rest in SWITCH.findall(html)] == ["en"]
    assert "/sv/respons/" not in client.get("/sv/").text


@pytest.mark.usefixtures("site_content")
@pytest.mark.parametrize("path", ["/sv/", "/en/", "/sv/tietosuojaseloste/", "/en/palaute/"])
def test_a_language_without_pages_has_none(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert f'<html lang="{path[1:3]}">' in response.text
    assert not SWITCH.findall(response.text)


@every_language
@pytest.mark.parametrize("path", ["/de/", "/fi/", "/SV/", "/sv-fi/", "/de/privacy-notice/"])
def test_a_language_that_does_not_exist_is_a_missing_page(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert '<html lang="fi">' in response.text


@every_language
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/eiole/", "Sivua ei löytynyt"),
        ("/sv/finns-inte/", "Sidan hittades inte"),
        ("/en/nowhere/", "The page was not found"),
        ("/en/tietosuojaseloste/", "The page was not found"),
        ("/sv/privacy-notice/", "Sidan hittades inte"),
        ("/sv/dataskyddsbeskrivning/versiot/", "Sidan hittades inte"),
        ("/privacy-notice/", "Sivua ei löytynyt"),
    ],
)
def test_what_is_missing_is_said_in_the_language_of_the_address(client, path, words):
    response = client.get(path)
    assert response.status_code == 404
    assert words in response.text
    language = path[1:3] if path[3:4] == "/" else "fi"
    home = "/" if language == "fi" else f"/{language}/"
    assert f'<a class="button" href="{home}">' in response.text


@every_language
def test_a_request_that_is_refused_before_is_answered_in_the_language_of_the_address(client):
    response = client.get("/en/", headers={"content-type": "text/plain; charset=utf-16"})
    assert response.status_code == 400
    assert '<html lang="en">' in response.text


@every_language
@pytest.mark.parametrize(("path", "language"), EACH)
def test_a_new_page_is_seen_in_the_others_at_once(client, path, language):
    """What is stored of a page is out of date when its translation is published."""
    other = "en" if language != "en" else "sv"
    page = Page.objects.get(
        locale__language_code=other,
        translation_key=Page.objects.get(pk=at(path).pk).translation_key,
    ).specific
    Page.objects.filter(pk=page.pk).update(live=False)
    client.get(path)
    if isinstance(page, PrivacyNoticePage):
        publish_draft(page.get_latest_revision())
    else:
        page.get_latest_revision().publish()
    assert other in dict(ALTERNATE.findall(client.get(path).text))


def at(path):
    return next(page for page in Page.objects.live() if page.url == path)


@every_language
def test_a_notice_below_a_home_page_that_is_a_draft_can_be_read(client):
    """One home page is not the notice's: who takes it off leaves the notice on the air (C01)."""
    HomePage.objects.get(locale__language_code="sv").unpublish()
    assert client.get("/sv/").status_code == 404
    response = client.get("/sv/dataskyddsbeskrivning/")
    assert response.status_code == 200
    assert 'href="/sv/respons/"' in response.text


@pytest.mark.usefixtures("site_content")
def test_an_editor_makes_a_translation_with_wagtails_own_button(client):
    swedish, _made = Locale.objects.get_or_create(language_code="sv")
    client.force_login(staff(Role.EDITOR))
    home = HomePage.objects.get()
    answer = client.post(
        f"/admin/translation/submit/page/{home.pk}/",
        {"locales": [swedish.pk], "include_subtree": "on"},
    )
    made = PrivacyNoticePage.objects.get(locale=swedish)
    assert answer.status_code == 302
    assert made.translation_key == PrivacyNoticePage.objects.get(locale=home.locale).translation_key
    assert (made.live, made.language, made.site) == (False, swedish, home.get_site())
    pages.create()
    assert PrivacyNoticePage.objects.get(locale=swedish) == made


@every_language
@pytest.mark.parametrize(("path", "language"), [*zip(SAME["feedback"], LANGUAGES, strict=True)])
def test_the_form_answers_in_its_language_and_its_answers_reach_the_register(
    client, path, language
):
    page = FeedbackPage.objects.get(locale__language_code=language)
    field = page.form_fields.filter(field_type="multiline").first()
    refused = client.post(path, {field.clean_name: " "})
    with translation.override(language):
        for text in ("Answer at least one question before you send the form.", "Correct the form"):
            assert translation.gettext(text) in refused.text
    sent = client.post(path, {field.clean_name: "Rauha"}, follow=True)
    assert sent.redirect_chain == [(f"{path}?sent", 302)]
    assert page.thanks_heading in sent.text
    assert json.loads(Feedback.objects.get().answers) == [[field.label, "Rauha"]]
