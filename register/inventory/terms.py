"""The terms of each category: purposes, legal basis and end (C19–C21, C44–C46, O11)."""

from functools import partial

from .registry import Terms, inventory
from .vocabulary import Category, LegalBasis, Purpose, Recipient, RetentionOutcome

TERMS = {
    Category.IDENTITY: Terms(
        purposes=(Purpose.GUIDANCE, Purpose.BILLING, Purpose.FEEDBACK),
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        at_end=RetentionOutcome.ERASED,
    ),
    Category.SERVICE: Terms(
        purposes=(Purpose.GUIDANCE, Purpose.BILLING),
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        at_end=RetentionOutcome.COUNTED,
    ),
    Category.CONTENT: Terms(
        purposes=(Purpose.GUIDANCE,),
        legal_basis=LegalBasis.CONSENT,
        at_end=RetentionOutcome.ERASED,
    ),
    Category.FEEDBACK: Terms(
        purposes=(Purpose.FEEDBACK,),
        legal_basis=LegalBasis.CONSENT,
        at_end=RetentionOutcome.ERASED,
    ),
    Category.BOOKKEEPING: Terms(
        purposes=(Purpose.BILLING, Purpose.BOOKKEEPING),
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        at_end=RetentionOutcome.KEPT_FOR_BOOKKEEPING,
    ),
    Category.PROTECTION: Terms(
        purposes=(Purpose.RIGHTS,),
        legal_basis=LegalBasis.LEGAL_OBLIGATION,
        at_end=RetentionOutcome.ERASED,
    ),
    Category.STAFF: Terms(
        purposes=(Purpose.ADMINISTRATION,),
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        at_end=RetentionOutcome.OWN_CLOCK,
    ),
    Category.LOG: Terms(
        purposes=(Purpose.RIGHTS,),
        legal_basis=LegalBasis.LEGITIMATE_INTEREST,
        at_end=RetentionOutcome.OWN_CLOCK,
    ),
}
for category, terms in TERMS.items():
    inventory.set_terms(category, terms)

# The words that the tables of the wings are written in.
identity = partial(inventory.personal, Category.IDENTITY)
service = partial(inventory.personal, Category.SERVICE)
content = partial(inventory.personal, Category.CONTENT)
feedback = partial(inventory.personal, Category.FEEDBACK)
bookkeeping = partial(inventory.personal, Category.BOOKKEEPING)
protection = partial(inventory.personal, Category.PROTECTION)
staff = partial(inventory.personal, Category.STAFF)
log = partial(inventory.personal, Category.LOG)
FINANCE = (Recipient.FINANCE_PROVIDER,)
