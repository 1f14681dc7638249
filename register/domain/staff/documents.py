"""What the staff have to read, as it is written and published (C31).

The words of a document are those of its versions. There is one draft at most; once published, a
version is fixed, and everybody is asked to read it.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from register.access.gate import visible
from register.access.standing import Actor
from register.domain.access_log.changing import add, changing
from register.domain.staff import privacy_notice
from register.models import DocumentVersion, StaffDocument
from register.models.staff import DocumentKind

VIEW = "staff_document"


def add_document(
    *, kind: DocumentKind, title: str, text: str, by: Actor, today: date
) -> StaffDocument:
    """Begin a document with a draft of its first version. Raises NotAllowed, ValidationError."""
    with transaction.atomic():
        document = add(StaffDocument(kind=kind), by=by, today=today, view=VIEW)
        first = DocumentVersion(document=document, number=1, title=title, text=text)
        add(first, by=by, today=today, view=VIEW)
    return document


def write(
    *,
    document: StaffDocument,
    title: str,
    text: str,
    seen: int | None,
    by: Actor,
    today: date,
) -> DocumentVersion:
    """Write into the draft, or begin one where the newest version is published.

    Args:
        seen: the version of the document's row that the person saw; each writing raises it.

    Raises NotAllowed, Stale, Erased, and ValidationError for a document that was withdrawn.
    """
    with changing(document, by=by, today=today, seen=seen, view=VIEW) as change:
        _refuse_withdrawn(change.row)
        newest = newest_version(change.row)
        if newest is not None and newest.is_draft:
            with changing(newest, by=by, today=today, seen=None, view=VIEW) as draft:
                draft.set(title=title, text=text)
            if draft.entry is not None:
                change.touch()
            return draft.row
        number = newest.number + 1 if newest else 1
        fresh = DocumentVersion(document=change.row, number=number, title=title, text=text)
        change.touch()
        return add(fresh, by=by, today=today, view=VIEW)


def publish(
    *, document: StaffDocument, seen: int | None, by: Actor, today: date
) -> DocumentVersion:
    """Publish the draft: it is fixed from now on, and everybody is asked to read it.

    Raises NotAllowed, Stale, Erased, and ValidationError where there is nothing to publish.
    """
    with changing(document, by=by, today=today, seen=seen, view=VIEW) as change:
        _refuse_withdrawn(change.row)
        draft = newest_version(change.row)
        if draft is None or draft.is_published:
            raise ValidationError(_("There is no draft to publish."))
        if change.row.kind == DocumentKind.PRIVACY_NOTICE:
            _refuse_untrue(draft, today=today)
        with changing(draft, by=by, today=today, seen=None, view="publish") as publishing:
            publishing.row.published_on = today
        change.touch()
    return publishing.row


def withdraw(*, document: StaffDocument, seen: int | None, by: Actor, today: date) -> StaffDocument:
    """Take the document out of force, for good: nobody is asked to read it any more.

    Its versions stay as they are, and so does who has read them. Raises NotAllowed, Stale, Erased.
    """
    with changing(document, by=by, today=today, seen=seen, view="withdraw") as change:
        change.row.withdrawn_on = change.row.withdrawn_on or today
    return change.row


def newest_version(document: StaffDocument) -> DocumentVersion | None:
    """Return the draft, or where there is none the version that was published last."""
    found: DocumentVersion | None = document.versions.order_by("-number").first()
    return found


def version_in_force(document: StaffDocument) -> DocumentVersion | None:
    """Return the version that is to be read now; None before the first and after the last."""
    return DocumentVersion.objects.in_force().filter(document=document).first()


def versions(*, document: StaffDocument, by: Actor, today: date) -> list[DocumentVersion]:
    """Return the versions that the person may see, the newest first."""
    rows = visible(DocumentVersion, to=by, today=today).filter(document=document)
    return list(rows.order_by("-number"))


def _refuse_withdrawn(document: StaffDocument) -> None:
    if document.is_withdrawn:
        raise ValidationError(_("This document was withdrawn: write a new one."))


def _refuse_untrue(draft: DocumentVersion, *, today: date) -> None:
    """Refuse a privacy notice that leaves out what is so: words follow the system (Art. 13)."""
    if lacking := privacy_notice.missing(draft.text, today=today):
        first = _("The notice does not say all that it has to. Put in as it stands:")
        raise ValidationError([first, *lacking])
