"""The sentences that the notice has to hold: each is a kind of block, which states its clauses.

What a block states is declared here and nowhere else: an editor words it, and can't change it.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

# Shown in a box of their own, apart from what is around them (Art. 21(4), O14).
BOXED = ("in_short", "objection")
# By the kind of block: what it is about, and which clauses it states, in the page's order.
STATEMENTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "in_short": (_("The notice in six lines"), ("C04", "C05", "C19", "C24", "C44")),
    "buyers": (_("Whom the register is about"), ("C04",)),
    "law": (_("The law that is followed"), ("C02",)),
    "minimisation": (_("Only what is needed"), ("C23",)),
    "uses": (_("What the data is used for"), ("C19",)),
    "legal_bases": (_("On which grounds data is processed"), ("C20", "C21")),
    "health": (_("Health data and the like"), ("C20",)),
    "compulsory": (_("What has to be told"), ("C23",)),
    "sources": (_("Where the data comes from"), ("C22",)),
    "disclosure": (_("Disclosure for billing"), ("C24",)),
    "billed_service": (_("What is said of the billed service"), ("C25",)),
    "provider": (_("The finance provider"), ("C26", "C27")),
    "transfers": (_("No transfers outside the EU"), ("C28",)),
    "processors": (_("Contracts with processors"), ("C40", "C41", "C42", "C43")),
    "access": (_("Who gets at the data"), ("C29", "C33")),
    "staff": (_("Duties of the staff"), ("C30", "C31", "C34", "C35")),
    "systems": (_("Protection of the systems"), ("C36", "C37", "C38")),
    "papers": (_("Protection of papers"), ("C32",)),
    "guidance": (_("Laws and guidance"), ("C39",)),
    "erasure": (_("When data is erased"), ("C44",)),
    "remainder": (_("What is left after the erasure"), ("C45", "C46")),
    "summary": (_("The right to one's data"), ("C47",)),
    "rectification": (_("The right to rectification"), ("C48",)),
    "erasure_request": (_("The right to erasure"), ("C49",)),
    "requests": (_("How to make a request"), ("C50", "C51")),
    "costs": (_("What a request costs"), ("C52",)),
    "consent_withdrawal": (_("Taking back one's consent"), ("C20",)),
    "objection": (_("The right to object"), ("C21",)),
    "further_rights": (_("The other rights that the law gives"), ("C39",)),
    "complaint": (_("The right to complain"), ("C39",)),
    "breaches": (_("What is done about a breach"), ("C54", "C55")),
    "this_site": (_("What this site stores"), ("C28",)),
}
