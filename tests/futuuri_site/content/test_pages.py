"""The first content says what the system does today, and nothing that it does not do yet."""

import json
import re
from pathlib import Path

import pytest
from wagtail.models import Page

from futuuri_site.content import pages
from privacy_notice import content
from register.exporters.billing_file import Line
from register.inventory import inventory
from register.models import Client
from register.models.retention import BY_HAND, HoldGround

FILES = [*Path(pages.__file__).parent.glob("*.json"), *content.FILES.values()]
CONTENT = {file.stem: file.read_text(encoding="utf-8") for file in FILES}

# What was said and was not so, each with what contradicts it. By clause, until it is kept.
NOT_SO = {
    "C04 is our own rule": r"markkinointilistoja",
    "C20: a withdrawal erases nothing yet": r"silloin poistamme",
    "C22: the service gives rise to more": r"tiedot vain sinulta|tietojasi muualta",
    "C27: data protection too": r"tietoturvansa taso",
    "C31: training is known of those who log in": r"Henkilöstö on koulutettu",
    "C44: nothing was erased in 2019": r"poistettiin",
    "C46: orders are counted, not clients": r"ei voi tunnistaa ketään",
    "C48: nobody is told by the system": r"Kerromme korjauksesta",
    "C49: nothing erases on request yet": r"Poistamme tietosi pyynnöstäsi|kerromme mistä tiedosta",
    "C49: the owner's words": r"hallinnollisista|turvallisuuteen liittyvistä",
    "R06: requests and breaches hold nothing by themselves": r"pyyntösi on vielä kesken",
    "a complaint has no hurdle": r"Toivomme, että kerrot",
    "nobody promised it": r"koko palvelun ajan|markkinoin|profiloi",
}


@pytest.mark.parametrize("phrase", NOT_SO.values(), ids=NOT_SO.keys())
def test_what_is_not_so_is_not_said(phrase):
    assert [name for name, text in CONTENT.items() if re.search(phrase, text)] == []


def section(anchor):
    [found] = [
        each for each in json.loads(CONTENT["notice.fi"])["sections"] if each["anchor"] == anchor
    ]
    return json.dumps(found, ensure_ascii=False)


# What the columns are called on the page.
FACTS = {
    "name": "nimesi",
    "email": "sähköpostiosoitteen",
    "phone": "puhelinnumeron",
    "home_municipality": "kotikunnan",
    "birth_year": "syntymävuoden",
}


def test_it_says_of_each_fact_whether_it_has_to_be_given():
    asked, rest = section("tiedot").casefold().split("mitä sinun on kerrottava")[1].split(". ", 1)
    free = rest.split("voit jättää kertomatta")[0]
    assert set(FACTS) == set(inventory["register.Client"].personal)
    for name, word in FACTS.items():
        optional = Client._meta.get_field(name).blank
        assert (word in free, word in asked) == (optional, not optional), name


LINE = {"month": "kuukausi", "amount": "summa", "reference": "viite"}


def test_it_names_all_that_the_billing_file_holds():
    """Beside what the inventory lists: name, e-mail address, billed service (C25, B07)."""
    listed = {name for _model, name in inventory.allow_list(*_finance())}
    assert set(Line._fields) - listed == set(LINE)
    assert all(word in section("luovutukset") for word in LINE.values())


def _finance():
    return {
        recipient
        for field in inventory["register.BookkeepingRow"].personal.values()
        for recipient in field.recipients
    }


GROUNDS = {
    HoldGround.LEGAL_CLAIMS: "oikeusvaateen",
    HoldGround.LEGAL_OBLIGATION: "lakisääteisen velvoitteen",
    HoldGround.RESTRICTION: "käsittelyä on rajoitettu",
}


def test_it_names_each_ground_on_which_erasure_is_put_off_and_no_other():
    assert set(GROUNDS) == set(BY_HAND)
    told = section("sailytys").split("lykätä vain laissa säädetyllä perusteella: ")[1]
    for words in GROUNDS.values():
        assert words in told
    assert "laskutettu" in section("sailytys")


@pytest.mark.django_db
def test_what_is_above_all_pages_has_a_finnish_name():
    pages.create()
    root = Page.objects.get(depth=1)
    assert (root.title, root.draft_title) == ("Sivuston juuri", "Sivuston juuri")
    root.title = "Oma nimi"
    root.save()
    pages.create()
    assert Page.objects.get(depth=1).title == "Oma nimi"
