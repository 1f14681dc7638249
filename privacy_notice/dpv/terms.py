"""What the Data Privacy Vocabulary, DPV 2, calls what the inventory knows by a key.

The one place where the two meet: `manage.py check` fails when something has no term.
"""

from collections.abc import Mapping

from django.db.models import TextChoices

from register.inventory.vocabulary import Category, LegalBasis, Purpose, Recipient

PREFIXES = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Apart, since one key can be a category and a purpose.
TERMS: Mapping[type[TextChoices], Mapping[TextChoices, str]] = {
    Category: {
        Category.IDENTITY: "pd:Identifying",
        Category.SERVICE: "pd:Transactional",
        Category.CONTENT: "dpv:GeneratedPersonalData",
        Category.FEEDBACK: "pd:Opinion",
        Category.BOOKKEEPING: "pd:Financial",
        Category.PROTECTION: "dpv:GeneratedPersonalData",
        Category.STAFF: "pd:Professional",
        Category.LOG: "dpv:ObservedPersonalData",
    },
    Purpose: {
        Purpose.GUIDANCE: "dpv:ServiceProvision",
        Purpose.BILLING: "dpv:PaymentManagement",
        Purpose.FEEDBACK: "dpv:ImproveExistingProductsAndServices",
        Purpose.RIGHTS: "dpv:RightsFulfilment",
        Purpose.ADMINISTRATION: "dpv:EnforceAccessControl",
        Purpose.BOOKKEEPING: "dpv:LegalCompliance",
    },
    LegalBasis: {
        LegalBasis.CONSENT: "gdpr:A6-1-a",
        LegalBasis.CONTRACT: "gdpr:A6-1-b",
        LegalBasis.LEGAL_OBLIGATION: "gdpr:A6-1-c",
        LegalBasis.LEGITIMATE_INTEREST: "gdpr:A6-1-f",
    },
    Recipient: {
        Recipient.FINANCE_PROVIDER: "dpv:DataProcessor",
        Recipient.HOSTING_PROVIDER: "dpv:DataProcessor",
    },
}
# Which rights a statement on the page tells of, by its kind.
RIGHTS = {
    "summary": ("gdpr:A15",),
    "rectification": ("gdpr:A16",),
    "erasure_request": ("gdpr:A17",),
    "further_rights": ("gdpr:A18", "gdpr:A20"),
    "objection": ("gdpr:A21",),
    "consent_withdrawal": ("gdpr:A7-3",),
    "complaint": ("gdpr:A77",),
}


def term(choices: type[TextChoices], key: str) -> str:
    """Return the term for a key of one of the vocabularies."""
    return TERMS[choices][choices(key)]


def without_term() -> list[TextChoices]:
    """Return what the notice may tell of by a key, and this module has no word for."""
    return [each for choices, known in TERMS.items() for each in choices if each not in known]
