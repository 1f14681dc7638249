"""What an editor does in the Wagtail admin, and what the public sees of it."""

import re

import pytest
from wagtail.models import Collection

from futuuri_site.content import pages
from privacy_notice.models import PrivacyNoticePage
from register.models.staff import Role
from tests.factories import staff
from tests.factories.staff import PASSWORD
from tests.privacy_notice.approval.acting import approved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editor_page(page, live_server):
    """A page on which an editor has logged in."""
    pages.create(languages=["fi"])
    # The flush between these tests takes what Wagtail's migrations made.
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    user = staff(Role.EDITOR)
    page.goto("/admin/login/")
    page.fill("[name=username]", user.username)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def test_an_editor_changes_a_section_and_an_approver_publishes_it(editor_page, new_page):
    notice = PrivacyNoticePage.objects.get()
    editor_page.goto(f"/admin/pages/{notice.pk}/edit/")
    editor_page.locator("[data-streamfield-child] button[data-panel-toggle]").first.click()
    editor_page.locator("[name='sections-0-value-heading']").fill("Rekisterin uusi otsikko")
    editor_page.fill("[name=reviewed_on]", "2026-03-09")
    editor_page.keyboard.press("Escape")
    editor_page.evaluate("document.querySelector('[name=action-submit]').click()")
    editor_page.wait_for_url(f"**/admin/pages/{notice.get_parent().pk}/")
    approved(notice)
    public = new_page(390)
    public.goto("/tietosuojaseloste/")
    assert public.locator("#lyhyesti h2").inner_text().endswith("Rekisterin uusi otsikko")
    assert "9.3.2026" in public.locator(".reviewed").inner_text()
    assert public.locator("section.section").count() == len(notice.sections)


@pytest.fixture
def notice_form(editor_page):
    """The notice in the editor, with its third section open."""
    editor_page.goto(f"/admin/pages/{PrivacyNoticePage.objects.get().pk}/edit/")
    sections = editor_page.locator("[data-streamfield-child] button[data-panel-toggle]:visible")
    sections.nth(2).click()
    return editor_page


def text_of(page, words):
    """The text editor that holds the words."""
    return page.locator(".public-DraftEditor-content:visible", has_text=words)


def write_at_the_end(page, words):
    text_of(page, words).click()
    page.keyboard.press("Control+End")


def paste(page, html):
    """Paste where the cursor stands, as a browser does."""
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            data.setData("text/plain", html.replace(/<[^>]*>/g, ""));
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
            );
        }""",
        html,
    )


def stored(page):
    """Save the draft, and return its texts as stored."""
    page.wait_for_timeout(500)  # the text editor writes into its field with a delay
    with page.expect_navigation():
        page.evaluate("document.querySelector('[data-edit-form]').requestSubmit()")
    draft = PrivacyNoticePage.objects.get().get_latest_revision_as_object()
    sections = [part.value for each in draft.sections for part in each.value["body"]]
    return draft.intro + "".join(str(getattr(each, "source", "")) for each in sections)


def test_an_editor_puts_a_fact_into_a_sentence_with_the_keyboard_alone(notice_form):
    page = notice_form
    write_at_the_end(page, "Tässä selosteessa")
    page.keyboard.type(" Soita /")
    page.get_by_role("option", name="Tieto").click()
    page.wait_for_selector(".fact-dialog li button:focus")
    page.locator(".fact-dialog button", has_text="Puhelinnumero").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".fact-dialog", state="detached")
    tokens = text_of(page, "Tässä selosteessa").locator(".fact-token")
    assert tokens.inner_text() == "010 420 4140"
    assert re.search(r'Soita <embed [^>]*name="phone"', stored(page))
    assert tokens.inner_text() == "010 420 4140"


WORD = """<h1>Ensimmäinen otsikko</h1>
<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·
</span>Yksi</p><p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·</span>Kaksi</p><p>Väli</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.
</span>Ensin</p><p>Loppu</p>"""


def test_lists_and_headings_from_word_survive(notice_form):
    page = notice_form
    text_of(page, "Rekisterissä on yksityishenkilöitä").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    paste(page, "<p>Alku</p>" + WORD)
    found = stored(page)
    for kept in (
        r"<h3[^>]*>Ensimmäinen otsikko</h3>",
        r"<ul><li[^>]*>Yksi</li><li[^>]*>Kaksi</li></ul>",
        r"<ol><li[^>]*>Ensin</li></ol>",
    ):
        assert re.search(kept, found), kept


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>a</p><table><tr><td>b</td></tr></table>", "taulukkoa ei voi tuoda"),
        ("<p>a <s>b</s></p>", "yliviivattu"),
        ("<p>a <span style='text-decoration:line-through'>b</span></p>", "yliviivattu"),
    ],
)
def test_what_cannot_be_taken_over_is_refused_in_words_and_loses_nothing(notice_form, html, said):
    page = notice_form
    write_at_the_end(page, "Tässä selosteessa")
    before = text_of(page, "Tässä selosteessa").inner_text()
    paste(page, html)
    assert said in page.locator(".paste-refusal").inner_text()
    assert text_of(page, "Tässä selosteessa").inner_text() == before
    paste(page, "<p>kelpaa</p>")
    assert page.locator(".paste-refusal").count() == 0
    assert "kelpaa" in text_of(page, "Tässä selosteessa").inner_text()


def test_the_checks_of_the_editor_see_the_page(notice_form):
    page = notice_form
    write_at_the_end(page, "Tässä selosteessa")
    page.keyboard.type(" Virke" + " sana" * 30 + ".")
    page.locator("[data-side-panel-toggle=checks]").click()
    panel = page.locator("[data-side-panel=checks]")
    panel.get_by_text("Virkettä on vaikea seurata").wait_for()
    assert int(panel.locator("[data-content-word-count]").inner_text()) > 900


def test_the_facts_in_the_editor_are_labelled_once_and_the_preview_prints_alone(editor_page):
    notice = PrivacyNoticePage.objects.get()
    notice.title = "Uusi otsikko"
    draft = notice.save_revision()
    editor_page.goto(f"/admin/pages/{notice.pk}/edit/")
    labels = editor_page.locator(".shown-facts .cell-label")
    editor_page.locator(".shown-facts").first.wait_for(state="attached")
    shown = labels.evaluate_all("all => all.map(each => getComputedStyle(each).display)")
    assert set(shown) == {"none"}
    editor_page.goto(f"/admin/pages/{notice.pk}/revisions/{draft.pk}/view/")
    bar = "getComputedStyle(document.querySelector('wagtail-userbar')).display"
    assert editor_page.evaluate(bar) != "none"
    editor_page.emulate_media(media="print")
    assert editor_page.evaluate(bar) == "none"
