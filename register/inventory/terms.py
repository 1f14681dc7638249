"""The terms of each category: purposes and legal bases (C19–C21, O11, O19).

Whoever uses data says for which of these purposes: another one is refused
(`register.domain.access_log.recording`), and the notice prints these.
"""

from functools import partial

from .registry import Terms, inventory
from .vocabulary import Category, LegalBasis, Purpose, Recipient

TERMS = {
    Category.IDENTITY: Terms(
        # Who gives a client to another counsellor sees whom: a number alone is soon mistaken.
        purposes=(
            Purpose.GUIDANCE,
            Purpose.BILLING,
            Purpose.FEEDBACK,
            Purpose.RIGHTS,
            Purpose.ADMINISTRATION,
        ),
        legal_bases=(LegalBasis.LEGITIMATE_INTEREST,),
    ),
    Category.SERVICE: Terms(
        # Who is responsible for whom is decided where rights of access are given.
        purposes=(
            Purpose.GUIDANCE,
            Purpose.BILLING,
            Purpose.RIGHTS,
            Purpose.ADMINISTRATION,
        ),
        legal_bases=(LegalBasis.LEGITIMATE_INTEREST,),
    ),
    Category.CONTENT: Terms(
        purposes=(Purpose.GUIDANCE, Purpose.RIGHTS),
        # Each note says on which of the two it rests.
        legal_bases=(LegalBasis.CONSENT, LegalBasis.LEGITIMATE_INTEREST),
    ),
    Category.FEEDBACK: Terms(
        purposes=(Purpose.FEEDBACK, Purpose.RIGHTS),
        legal_bases=(LegalBasis.CONSENT,),
    ),
    Category.BOOKKEEPING: Terms(
        purposes=(Purpose.BILLING, Purpose.BOOKKEEPING, Purpose.RIGHTS),
        legal_bases=(LegalBasis.LEGAL_OBLIGATION,),
    ),
    Category.PROTECTION: Terms(
        purposes=(Purpose.RIGHTS,),
        legal_bases=(LegalBasis.LEGAL_OBLIGATION,),
    ),
    Category.STAFF: Terms(
        purposes=(Purpose.ADMINISTRATION,),
        legal_bases=(LegalBasis.LEGITIMATE_INTEREST,),
    ),
    Category.LOG: Terms(
        purposes=(Purpose.RIGHTS,),
        legal_bases=(LegalBasis.LEGITIMATE_INTEREST,),
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

# For what each recipient gets what its fields are (C19, C24).
DISCLOSED_FOR = {Recipient.FINANCE_PROVIDER: (Purpose.BILLING,)}
