"""The form submits nothing incomplete, puts back what is missing, and loses nothing (C01)."""

import json

import pytest
from django.urls import reverse

from home.models import HomePage
from privacy_notice.guarding import form as notice_form
from privacy_notice.guarding.whole import missing, required
from privacy_notice.models import PrivacyNoticePage
from privacy_notice.prose import lengths
from register.models.staff import Role
from tests.factories import staff
from tests.naughty import NAUGHTY
from tests.page_forms import save_draft, submit, submit_and_publish

pytestmark = pytest.mark.usefixtures("site_content")
LACKS = str(notice_form.LACKS)
PUT_BACK = f'name="{notice_form.PUT_BACK}"'


@pytest.fixture
def editor(client):
    client.force_login(staff(Role.EDITOR))
    return client


def notice():
    return PrivacyNoticePage.objects.get()


def draft():
    return notice().get_latest_revision_as_object()


def left_out(page, place):
    """What the script sends for a section that the editor has deleted."""
    return {f"sections-{place}-deleted": "1"}


def test_submitting_without_a_section_is_refused_and_nothing_is_lost(editor):
    typed = {"sections-1-value-heading": "Muutettu otsikko", **left_out(notice(), 5)}
    answer = submit(editor, notice(), **typed)
    assert answer.context["form"].errors["sections"] == [LACKS]
    shown = answer.content.decode()
    assert "Muutettu otsikko" in shown
    assert PUT_BACK in shown
    assert len(notice().sections) == 14


def test_the_button_puts_it_back_with_all_that_was_typed(editor):
    typed = {"sections-1-value-heading": "Muutettu otsikko", **left_out(notice(), 5)}
    save_draft(editor, notice(), **typed, **{notice_form.PUT_BACK: "1"})
    headings = [each.value["heading"] for each in draft().sections]
    assert headings[1] == "Muutettu otsikko"
    assert headings[5] == "Mistä tiedot saadaan"
    assert missing(draft().sections.get_prep_value(), language="fi") == []
    submit_and_publish(editor, notice())
    assert notice().sections[1].value["heading"] == "Muutettu otsikko"


def test_an_emptied_statement_is_refused(editor):
    empty = json.dumps({"blocks": [], "entityMap": {}})
    answer = submit(editor, notice(), **{"sections-5-value-body-0-value": empty})
    assert "sections" in answer.context["form"].errors
    assert "sinulta itseltäsi" in str(notice().sections)


def test_a_draft_may_be_incomplete(editor):
    save_draft(editor, notice(), **left_out(notice(), 5))
    assert len(draft().sections) == 13
    shown = editor.get(reverse("wagtailadmin_pages:edit", args=[notice().pk])).content.decode()
    assert PUT_BACK in shown


def test_a_whole_notice_has_no_such_button(editor):
    shown = editor.get(reverse("wagtailadmin_pages:edit", args=[notice().pk])).content.decode()
    assert PUT_BACK not in shown


def test_a_new_one_begins_with_what_must_be_in_it(editor):
    PrivacyNoticePage.objects.update(live=False)
    notice().delete()
    address = reverse(
        "wagtailadmin_pages:add",
        args=["privacy_notice", "privacynoticepage", HomePage.objects.get().pk],
    )
    assert PUT_BACK in editor.get(address).content.decode()
    editor.post(
        address,
        {"title": "Seloste", "slug": "seloste", "intro": "null", "sections-count": "0"}
        | {notice_form.PUT_BACK: "1", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"},
    )
    assert [each.value["anchor"] for each in draft().sections] == [
        each["value"]["anchor"] for each in required("fi")
    ]


@pytest.mark.parametrize("text", NAUGHTY)
def test_a_naughty_heading_is_shown_as_typed_or_refused(editor, client, text):
    answer = submit_and_publish(editor, notice(), **{"sections-0-value-heading": text})
    page = client.get("/tietosuojaseloste/").content.decode()
    assert "<script>alert" not in page
    assert "<svg/onload" not in page
    if answer.status_code == 200:
        assert "sections" in answer.context["form"].errors
    else:
        assert notice().sections[0].value["heading"].strip()


@pytest.mark.parametrize("text", NAUGHTY)
def test_a_naughty_anchor_is_refused(editor, text):
    answer = submit(editor, notice(), **{"sections-0-value-anchor": text})
    assert "sections" in answer.context["form"].errors
    assert notice().sections[0].value["anchor"] == "lyhyesti"


def pasted(words):
    block = {"key": "a", "text": words, "type": "unstyled", "depth": 0}
    blocks = [block | {"inlineStyleRanges": [], "entityRanges": []}]
    return json.dumps({"blocks": blocks, "entityMap": {}})


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("sections-5-value-body-0-value", r"Lyhenn\u00e4 teksti\u00e4"),  # handed to the script
        ("intro", "Lyhennä tekstiä"),
    ],
)
def test_what_is_pasted_by_mistake_is_refused_in_words_and_stays_in_the_form(editor, field, told):
    words = "Käsittelemme tietoja huolella. " * 10_000
    answer = submit(editor, notice(), **{field: pasted(words)})
    shown = answer.content.decode()
    assert told in shown
    assert shown.count("huolella") >= 10_000


def test_many_long_texts_are_too_much_together(editor, monkeypatch):
    monkeypatch.setattr(lengths, "LONGEST_NOTICE", 1000)
    answer = submit(editor, notice())
    assert "sections" in answer.context["form"].errors


def test_a_long_text_is_kept(editor, client):
    words = "Käsittelemme tietoja huolella. " * 600
    field = "sections-5-value-body-0-value"
    submit_and_publish(editor, notice(), **{field: pasted(words)})
    assert client.get("/tietosuojaseloste/").content.decode().count("huolella") >= 600
