"""What the staff of the demonstration read: an instruction of two versions, and their notice."""

from datetime import date, timedelta
from typing import Any

from register.access.standing import SYSTEM
from register.domain.staff import documents, hearings, privacy_notice
from register.models.staff import DocumentKind

TITLE = "Henkilötietojen käsittelyn ohje"
FIRST = "Lukitse näyttö, kun lähdet työpisteeltä.\n\nSäilytä paperit lukitussa kaapissa."
SECOND = f"{FIRST}\n\nKerro epäilemästäsi tietoturvaloukkauksesta heti yhteyshenkilölle."


def create(day: date) -> None:
    """Write and publish them, and record that the staff were heard about the log of use."""
    hearings.record_hearing(
        held_on=day - timedelta(days=220), by=SYSTEM, today=day - timedelta(days=220)
    )
    title, text = privacy_notice.draft(today=day)
    kind = DocumentKind.PRIVACY_NOTICE
    long_ago: dict[str, Any] = {"by": SYSTEM, "today": day - timedelta(days=200)}
    notice = documents.add_document(kind=kind, title=title, text=text, **long_ago)
    documents.publish(document=notice, seen=None, by=SYSTEM, today=day)
    kind = DocumentKind.INSTRUCTION
    document = documents.add_document(kind=kind, title=TITLE, text=FIRST, **long_ago)
    asked: dict[str, Any] = {"document": document, "seen": None, "by": SYSTEM}
    documents.publish(**asked, today=day - timedelta(days=200))
    documents.write(**asked, title=TITLE, text=SECOND, today=day - timedelta(days=5))
    documents.publish(**asked, today=day - timedelta(days=5))
