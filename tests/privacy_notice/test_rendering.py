"""The first words of each language as the public would read them (C01, C44)."""

import re
from datetime import date

import pytest
from django.utils.html import escape
from django.utils.translation import override

from privacy_notice import content, rendering, slots
from privacy_notice.models import PrivacyNoticePage
from register.inventory.vocabulary import Category, Purpose
from register.models import Controller
from tests.factories import ProcessorFactory

pytestmark = pytest.mark.usefixtures("site_content")
EXAMPLE = {
    "fi": "huhtikuussa 2030, poistamme sen tiedot tammikuussa 2031",
    "sv": "i april 2030 raderar vi uppgifterna om den i januari 2031",
    "en": "in April 2030, we erase its data in January 2031",
}
COUNTRIES = {"fi": "Ruotsi", "sv": "Sverige", "en": "Sweden"}


def shown(language):
    ProcessorFactory(hosting_country="SE")
    told = rendering.facts_of(Controller.objects.get(), language=language)
    page = PrivacyNoticePage(**content.notice(language))
    html = rendering.content(page, told, language=language)
    return str(slots.fill(html, told["controller"], day=date(2030, 5, 1)))


@pytest.mark.parametrize("language", EXAMPLE)
def test_each_language_prints_its_facts(language):
    html = shown(language)
    assert "<embed" not in html
    assert "<slot" not in html
    facts = re.findall(r'data-fact="(\w+)">(.*?)</span>', html)
    assert len(facts) > 15
    assert all(re.sub("<.*?>", "", text).strip() for _name, text in facts)
    assert EXAMPLE[language] in re.sub(r"<.*?>", "", html)
    assert COUNTRIES[language] in html


@pytest.mark.parametrize("language", EXAMPLE)
def test_the_tables_speak_the_language_of_the_text(language):
    html = shown(language)
    with override(language):
        for choice in (*Purpose, *(each for each in Category if each is not Category.STAFF)):
            assert escape(str(choice.label)) in html
