"""What machines read is what the page says: of one day, from the same facts (Art. 12, C01)."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from rdflib import DCTERMS, RDF, Graph, Namespace, URIRef

from privacy_notice.dpv.terms import PREFIXES, RIGHTS
from privacy_notice.dpv.twin import twin
from privacy_notice.models import PrivacyNoticePage
from privacy_notice.versions.freezing import facts_today, text_of, twin_today
from register.inventory.registry import inventory
from register.inventory.vocabulary import Category, Recipient
from register.models import Controller
from tests.factories import ProcessorFactory
from tests.naughty import NAUGHTY
from tests.notices import publish_notice
from tests.privacy_notice.dpv.reading import PAGE, graph, graph_at

pytestmark = pytest.mark.usefixtures("site_content")
DPV = Namespace(PREFIXES["dpv"])
NOWHERE = {"countries": [], "systems": []}
TABLES = ("purposes", "retention")


@pytest.fixture
def page():
    return PrivacyNoticePage.objects.get()


def soup(client, address=PAGE):
    html = client.get(address).content.decode()
    return BeautifulSoup(html.replace("\u00ad", "").replace("\u00a0", " "), "html.parser")


def words(node):
    return " ".join(node.get_text().split())


def of_page(html):
    """What the page's own HTML says, by what it is about."""
    cards = html.select("[id^=data-]")
    purposes, retention = (html.select(f"#facts-{each} tbody tr") for each in TABLES)
    return {
        "data": {(each["id"], words(each.h3)) for each in cards},
        "fields": {(each["id"], words(one)) for each in cards for one in each.select("li")},
        "bases": {(each["id"], words(one)) for each in cards for one in each.select("dd")},
        "purposes": {
            (words(each.th), words(category))
            for each in purposes
            for category in each.td.select("li")
        },
        "recipients": {
            (words(each.h3), words(one))
            for each in html.select("[id^=recipient-]")
            for one in each.select("li")
        },
        "retention": {(words(each.th), words(each.td)) for each in retention},
        "rights": {
            right.split(":")[1]
            for each in html.select("[data-statement]")
            for right in RIGHTS.get(each["data-statement"], ())
        },
        "processors": {
            tuple(words(cell).split(": ")[-1] for cell in each.select("th, td")[:3])
            for each in html.select("#facts-processors tbody tr")
        },
        "controller": {words(each) for each in html.select("#facts-controller dd")},
        "contact": {
            words(each)
            for at, each in enumerate(html.select("#facts-contact-person dd"))
            if at != 1
        },
    }


def of_twin(told):
    """What the twin says, in the same form."""

    def title(node):
        return str(told.value(node, DCTERMS.title))

    def fragment(node):
        return str(node).split("#")[1]

    def name(node, term):
        return {str(each) for each in told.objects(node, term)} if node else set()

    notice = told.value(None, RDF.type, DPV.PrivacyNotice)
    processes = [*told.subjects(RDF.type, DPV.Process)]
    about = [
        (each, told.value(each, DPV.hasPersonalData))
        for each in processes
        if (each, DPV.hasPurpose, None) in told
    ]
    controller = told.value(None, RDF.type, DPV.DataController)
    contact = next((each for each in told.objects(controller, DPV.hasContact) if "#" in each), None)
    company = {str(each) for each in told.objects(controller, DPV.hasContact) if each != contact}
    return {
        "data": {(fragment(data), title(data)) for _, data in about},
        "fields": {
            (fragment(data), title(one))
            for _, data in about
            for one in told.objects(data, DCTERMS.hasPart)
        },
        "bases": {
            (fragment(data), title(one))
            for each, data in about
            for one in told.objects(each, DPV.hasLegalBasis)
        },
        "purposes": {
            (title(one), title(data))
            for each, data in about
            for one in told.objects(each, DPV.hasPurpose)
        },
        "recipients": {
            (title(recipient), title(one))
            for each in processes
            for recipient in told.objects(each, DPV.hasRecipient)
            for one in told.objects(each, DPV.hasPersonalData)
        },
        "retention": {
            (title(each), str(told.value(each, DCTERMS.description)))
            for each in told.subjects(RDF.type, DPV.StorageCondition)
        },
        "rights": {
            str(told.value(each, RDF.type)).split("#")[1]
            for each in told.objects(None, DPV.hasRight)
        },
        "processors": {
            (
                title(each).split(": ")[-1],
                *(
                    ", ".join(sorted(name(each, term)))
                    for term in (DPV.hasCountry, DPV.hasLocation)
                ),
            )
            for each in told.objects(notice, DPV.hasRecipient)
        },
        "controller": {
            *name(controller, DPV.hasName),
            *name(controller, DPV.hasIdentifier),
            *name(controller, DPV.hasAddress),
            *company,
        },
        "contact": {*name(contact, DPV.hasName), *name(contact, DPV.hasContact)},
    }


def test_machines_read_what_the_page_says(client, page):
    for kind in ("finance", "hosting"):
        ProcessorFactory(kind=kind, hosting_country="SE")
    publish_notice(page)
    page, twin = of_page(soup(client)), of_twin(graph_at(client, f"{PAGE}tiedot/"))
    assert twin == page
    assert all(page.values()), "an empty set would say nothing"


def test_after_a_change_of_declarations_and_settings_too(client, page, monkeypatch):
    first = of_twin(graph_at(client, f"{PAGE}tiedot/"))
    monkeypatch.setitem(inventory._declarations, "register.Client", with_a_sixth_fact())
    Controller.objects.update(name="Toinen Oy", contact_name="Uusi Henkilö")
    publish_notice(page)
    twin = of_twin(graph_at(client, f"{PAGE}tiedot/"))
    assert twin == of_page(soup(client))
    assert twin["fields"] - first["fields"] == {("data-identity", sixth())}
    former = of_twin(graph_at(client, f"{PAGE}versiot/1/tiedot/"))
    assert former == {**first, "contact": set()}


def with_a_sixth_fact():
    declaration = inventory["register.Client"]
    added = {
        "register_number": inventory.personal(
            Category.IDENTITY, recipients=[Recipient.FINANCE_PROVIDER]
        )
    }
    return replace(declaration, personal={**declaration.personal, **added})


def sixth():
    name = apps.get_model("register.Client")._meta.get_field("register_number").verbose_name
    return str(name).capitalize()


def test_a_new_personal_field_is_in_the_drafts_twin_and_not_in_the_published_one(
    client, page, monkeypatch
):
    monkeypatch.setitem(inventory._declarations, "register.Client", with_a_sixth_fact())
    assert ("data-identity", sixth()) in of_twin(graph(twin_today(page)))["fields"]
    published = of_twin(graph_at(client, f"{PAGE}tiedot/"))
    assert ("data-identity", sixth()) not in published["fields"]


def test_a_right_that_the_text_does_not_tell_of_is_none_of_the_twins(page):
    told = of_twin(graph(twin_today(page)))["rights"]
    assert told == {"A15", "A16", "A17", "A18", "A20", "A21", "A7-3", "A77"}
    for section in page.sections:
        for place in reversed(range(len(section.value["body"]))):
            if section.value["body"][place].block_type == "rectification":
                del section.value["body"][place]
    assert of_twin(graph(twin_today(page)))["rights"] == told - {"A16"}


def test_it_tells_its_version_and_day(client):
    told: Graph = graph_at(client, f"{PAGE}tiedot/")
    notice = told.value(None, RDF.type, DPV.PrivacyNotice)
    assert str(told.value(notice, URIRef(PREFIXES["owl"] + "versionInfo"))) == "1"
    assert told.value(notice, DCTERMS.issued).toPython().tzinfo
    assert str(told.value(notice, DCTERMS.title)) == "Tietosuojaseloste"


def test_nothing_in_it_is_fetched_from_elsewhere(page):
    """An address as context would be asked for by whoever reads it."""
    context = twin_today(page)["@context"]
    assert isinstance(context, dict)
    assert not {"@import", "@context"} & set(context)


@pytest.mark.parametrize("text", NAUGHTY)
def test_a_naughty_text_is_read_back_as_it_was(page, text):
    told = {**facts_today(page), "processors": [{"key": "x", "label": text} | NOWHERE]}
    read = graph(twin(told, {**text_of(page), "title": text}, language="fi"))
    notice = read.value(None, RDF.type, DPV.PrivacyNotice)
    assert str(read.value(notice, DCTERMS.title)) == text
    assert str(read.value(read.value(notice, DPV.hasRecipient), DCTERMS.title)) == text
