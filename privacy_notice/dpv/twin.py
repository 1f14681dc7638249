"""The notice as JSON-LD, from what a version froze: text and facts of its day (Art. 12, C01).

Whatever has an address on the page has the same one here, relative to the document's own. No
context is fetched from elsewhere. The contact person is added when it is sent, as in the page's
slots, so that masking a former one changes no version (C53).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils import translation

from privacy_notice.dpv.terms import PREFIXES, RIGHTS, term
from privacy_notice.statements import STATEMENTS
from register.inventory.vocabulary import Category, LegalBasis, Purpose, Recipient

Node = dict[str, Any]
CONTROLLER, CONTACT = "dpv:hasDataController", "dpv:hasContact"


def twin(told: Mapping[str, Any], text: Mapping[str, Any], *, language: str) -> Node:
    """Return the JSON-LD of text and facts, without who is contact person.

    Args:
        told: facts, as `rendering.facts_of` gives them.
        text: as it is stored with a version.
    """
    with translation.override(language):
        return {
            "@context": _context(language),
            "@id": "",
            "@type": "dpv:PrivacyNotice",
            "title": text["title"],
            "dct:language": language,
            CONTROLLER: _controller(told["controller"]),
            "dpv:hasPurpose": [_purpose(each) for each in told["purposes"]],
            "dpv:hasProcess": [*_processes(told), *map(_disclosure, told["recipients"])],
            "dpv:hasStorageCondition": [*_periods(told["retention"])],
            "dpv:hasRecipient": [*_processors(told.get("processors", []))],
            "dpv:hasRight": [*_rights(text["sections"])],
        }


def with_contact(twin: Node, contact: Mapping[str, str] | None) -> Node:
    """Return the twin with the contact person, as long as there is one."""
    if contact is None:
        return twin
    controller = twin[CONTROLLER]
    person = {
        "@id": "#facts-contact-person",
        "dpv:hasName": contact["contact_name"],
        CONTACT: [contact["contact_phone"], contact["contact_email"]],
    }
    told = {**controller, CONTACT: [*controller[CONTACT], person]}
    return {**twin, CONTROLLER: told}


def _context(language: str) -> Node:
    return {
        **PREFIXES,
        "title": {"@id": "dct:title", "@language": language},
        "description": {"@id": "dct:description", "@language": language},
        "country": {"@id": "dpv:hasCountry", "@language": language},
        "location": {"@id": "dpv:hasLocation", "@language": language},
    }


def _controller(told: Mapping[str, str]) -> Node:
    return {
        "@id": "#facts-controller",
        "@type": "dpv:DataController",
        "dpv:hasName": told["name"],
        "dpv:hasIdentifier": told["business_id"],
        "dpv:hasAddress": "{street_address}, {postal_code} {city}".format(**told),
        CONTACT: [told["email"], told["phone"], told["website"]],
    }


def _processes(told: Mapping[str, Any]) -> Iterator[Node]:
    """Yield what is done with each category: why, on which basis, for how long."""
    kept = {each["key"] for each in told["retention"]["rows"]}
    for each in told["categories"]:
        key = each["key"]
        process: Node = {
            "@id": f"#process-{key}",
            "@type": "dpv:Process",
            "dpv:hasPersonalData": {
                "@id": f"#data-{key}",
                "@type": ["dpv:PersonalData", term(Category, key)],
                "title": each["label"],
                "dct:hasPart": _fields(each["fields"]),
            },
            "dpv:hasPurpose": [_link("purpose", one["key"]) for one in each["purposes"]],
            "dpv:hasLegalBasis": [_basis(one) for one in each["legal_bases"]],
        }
        if key in kept:
            process["dpv:hasStorageCondition"] = _link("retention", key)
        yield process


def _disclosure(told: Mapping[str, Any]) -> Node:
    """Return what one recipient gets."""
    key = told["key"]
    return {
        "@id": f"#disclosure-{key}",
        "@type": "dpv:Process",
        "dpv:hasRecipient": {
            "@id": f"#recipient-{key}",
            "@type": term(Recipient, key),
            "title": told["label"],
        },
        "dpv:hasPersonalData": _fields(told["fields"]),
    }


def _periods(told: Mapping[str, Any]) -> Iterator[Node]:
    for each in told["rows"]:
        yield {
            **_link("retention", each["key"]),
            "@type": "dpv:StorageCondition",
            "title": each["label"],
            "description": each["period"],
        }
    yield {
        **_link("retention", "backups"),
        "@type": "dpv:StorageDuration",
        "dpv:hasDuration": {"@type": "xsd:duration", "@value": f"P{told['backup_days']}D"},
    }


def _processors(told: Iterable[Mapping[str, Any]]) -> Iterator[Node]:
    """Yield who processes data for the company, by what they do, and where (Art. 13(1)(e))."""
    for each in told:
        yield {
            **_link("processor", each["key"]),
            "@type": "dpv:DataProcessor",
            "title": each["label"],
            "country": each["countries"],
            "location": each["systems"],
        }


def _rights(sections: Iterable[Mapping[str, Any]]) -> Iterator[Node]:
    """Yield the rights that the text's statements tell of, each once."""
    kinds = (part["type"] for section in sections for part in section["value"]["body"])
    for kind in dict.fromkeys(kinds):
        for right in RIGHTS.get(kind, ()):
            label, _clauses = STATEMENTS[kind]
            article = right.split(":")[1].lower()
            yield {**_link("right", article), "@type": right, "title": str(label)}


def _purpose(told: Mapping[str, Any]) -> Node:
    key = told["key"]
    return {**_link("purpose", key), "@type": term(Purpose, key), "title": told["label"]}


def _basis(told: Mapping[str, str]) -> Node:
    key = told["key"]
    return {**_link("basis", key), "@type": term(LegalBasis, key), "title": told["label"]}


def _fields(labels: Iterable[str]) -> list[Node]:
    return [{"@type": "dpv:PersonalData", "title": label} for label in labels]


def _link(kind: str, key: str) -> Node:
    return {"@id": f"#{kind}-{key}"}
