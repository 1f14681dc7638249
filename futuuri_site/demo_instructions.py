"""An invented internal instruction for the demonstration: two versions, the second one unread."""

from datetime import date, timedelta
from typing import Any

from register.access.standing import SYSTEM
from register.domain.staff import documents
from register.models.staff import DocumentKind

TITLE = "Henkilötietojen käsittelyn ohje"
FIRST = "Lukitse näyttö, kun lähdet työpisteeltä.\n\nSäilytä paperit lukitussa kaapissa."
SECOND = f"{FIRST}\n\nKerro epäilemästäsi tietoturvaloukkauksesta heti yhteyshenkilölle."


def create(day: date) -> None:
    """Write and publish both versions."""
    document = documents.add_document(
        kind=DocumentKind.INSTRUCTION,
        title=TITLE,
        text=FIRST,
        by=SYSTEM,
        today=day - timedelta(days=200),
    )
    asked: dict[str, Any] = {"document": document, "seen": None, "by": SYSTEM}
    documents.publish(**asked, today=day - timedelta(days=200))
    documents.write(**asked, title=TITLE, text=SECOND, today=day - timedelta(days=5))
    documents.publish(**asked, today=day - timedelta(days=5))
