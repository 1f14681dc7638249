"""Each word of the twin is one that the Data Privacy Vocabulary has, and none is missing."""

import json
import re
from pathlib import Path

import pytest

from privacy_notice.checks import machines_have_a_word_for_everything, rights_are_told_by_statements
from privacy_notice.dpv import terms
from privacy_notice.models import NoticeVersion
from register.inventory.vocabulary import Category, LegalBasis, Purpose, Recipient

# Of the terms of DPV 2.1, those that are used; each stands in the published vocabulary.
DPV = Path(__file__).with_name("dpv-terms.txt")
TERM = re.compile(r'"((?:dpv|pd|gdpr):[^"]+)"')


@pytest.mark.usefixtures("site_content")
def test_every_term_of_the_twin_is_in_the_vocabulary():
    published = set(DPV.read_text().split())
    used = {
        *TERM.findall(json.dumps(NoticeVersion.objects.get().for_machines())),
        *(each for known in terms.TERMS.values() for each in known.values()),
        *(each for told in terms.RIGHTS.values() for each in told),
    }
    prefixes = {each.split(":")[0] for each in used}
    assert prefixes == {"dpv", "pd", "gdpr"}
    full = {terms.PREFIXES[each.split(":")[0]] + each.split(":")[1] for each in used}
    assert full <= published
    assert published == full, "the list holds what is used and nothing else"


@pytest.mark.parametrize(
    "nameless", [Category.LOG, Purpose.BILLING, LegalBasis.CONSENT, Recipient.FINANCE_PROVIDER]
)
def test_what_has_no_term_fails_the_check(monkeypatch, nameless):
    assert machines_have_a_word_for_everything(None) == []
    monkeypatch.delitem(terms.TERMS[type(nameless)], nameless)
    (problem,) = machines_have_a_word_for_everything(None)
    assert nameless.name in problem.msg


def test_a_right_that_no_statement_tells_of_fails_the_check(monkeypatch):
    assert rights_are_told_by_statements(None) == []
    monkeypatch.setitem(terms.RIGHTS, "gone", ("gdpr:A15",))
    (problem,) = rights_are_told_by_statements(None)
    assert "gone" in problem.msg


def test_a_category_and_a_purpose_of_one_name_are_two():
    assert terms.term(Category, "feedback") != terms.term(Purpose, "feedback")
