"""Texts that have broken programs, in each field that takes text: kept, or refused in words."""

import pytest
from django.test import Client as Browser

from register.text import normal_form
from register.wagtail_admin.base.screens import address
from tests.factories import staff
from tests.forms import form_of, open_form
from tests.integration.form_cases import ADDED_BY, ROWS, SCREENS, opened, parent_of, typed_texts
from tests.naughty import NAUGHTY

pytestmark = pytest.mark.django_db
# A longer one only takes longer; tests/futuuri_site/test_bad_request.py sends ten megabytes.
TEXTS = [text for text in NAUGHTY if len(text) < 10_000]


def as_shown(text):
    """As a page gives a text back: a browser has one kind of line break."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def is_whole(shown, text):
    """Whether it is what was typed, or its one normal form."""
    wanted = {text, text.replace("\r", "").replace("\n", "")}
    wanted |= {normal_form.one_line(text), normal_form.lines(text)}
    return as_shown(shown) in {as_shown(each) for each in wanted}


def try_all(browser, url):
    """Put each text into all fields at once: a page that breaks raises here."""
    names = typed_texts(browser.get(url))
    assert names
    form = open_form(browser, url)
    for text in TEXTS:
        answer = form.send(browser, **dict.fromkeys(names, text))
        if answer.status_code == 302:
            form = open_form(browser, url)
            yield from ((name, text, form.data[name][0]) for name in names)
            continue
        assert answer.status_code == 200
        errors, given_back = answer.context["form"].errors, form_of(answer).data
        assert errors
        for name in names:
            assert all(str(error).strip() for error in errors.get(name, ()))
            assert is_whole(given_back[name][0], text), (name, text)


@pytest.mark.parametrize("name", ROWS)
def test_a_form_that_changes_takes_them_whole_or_says_why_not(name):
    for field, text, saved in try_all(*opened(name, ROWS[name].make())):
        assert is_whole(saved, text), (field, text)


@pytest.mark.parametrize("name", ADDED_BY)
def test_a_form_that_adds_takes_them_or_says_why_not(name):
    user, query = parent_of(name) if name in ("ServiceOrderAdmin", "NoteAdmin") else (None, "")
    browser = Browser()
    browser.force_login(user or staff(ADDED_BY[name]))
    list(try_all(browser, address(SCREENS[name].model, "create") + query))
