"""A material change ends when all who were clients at its publication were told (C19)."""

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Value

from register.access.standing import SYSTEM
from register.db.bulk import NewKey, insert_select
from register.domain.access_log import open_purposes
from register.domain.access_log.recording import name_subjects, record, record_change
from register.inventory.vocabulary import Purpose
from register.models import Client, MaterialChange, NoticeGiven, PublishedPurpose
from register.models.access_log import Action

VIEW = "notice_published"


def publish(
    *, version: int, material: bool, reason: str, address: str, today: date
) -> MaterialChange | None:
    """Take note of a version that was approved and is public from now on.

    Its new purposes wait until all clients of the day have been told. What the inventory no longer
    declares is forgotten. Without a material change a new purpose stays shut: nobody was told.

    Args:
        version: the number of the version.
        reason: why the notice changed, as the public reads it.
        address: where the public sees what changed.

    Returns the material change, finished if there is nobody to tell; None where there is none.
    Call it in the transaction of the publication.
    """
    with transaction.atomic():
        kept = open_purposes.declared()
        for row in PublishedPurpose.objects.all():
            if (row.category, row.purpose) not in kept:
                row.delete()
        if not material:
            return None
        change = MaterialChange.objects.create(
            notice_version=version, published_on=today, reason=reason, address=address
        )
        PublishedPurpose.objects.bulk_create(
            PublishedPurpose(category=category, purpose=purpose, change=change)
            for category, purpose in sorted(open_purposes.untold())
        )
        entry = record(
            by=SYSTEM,
            action=Action.CREATE,
            purpose=Purpose.RIGHTS,
            model=MaterialChange,
            view=VIEW,
            objects=[change],
            count=_list_present(change),
        )
        name_subjects(entry, rows=NoticeGiven.objects.of(change), client="client")
        finish(today=today)
        change.refresh_from_db()
    return change


def finish(*, today: date) -> int:
    """Finish each change of which nobody is to be told any more; return how many were.

    From then on its purposes are open, to every process. Called when somebody was told, and each
    night, since a client who was still to be told may have been erased.
    """
    finished = 0
    with transaction.atomic():
        # Of two who tell the last two clients at once, the second waits here, and finishes.
        for change in MaterialChange.objects.unfinished().select_for_update():
            # Who was being added while the version was published is a client of that day, too.
            _list_present(change)
            if NoticeGiven.objects.of(change).to_be_told().exists():
                continue
            change.finished_on = today
            change.save(update_fields=["finished_on"])
            record_change(
                change,
                by=SYSTEM,
                today=today,
                action=Action.CHANGE,
                view="notice_told",
                fields=["finished_on"],
            )
            finished += 1
    return finished


def _list_present(change: MaterialChange) -> int:
    """List who was a client on the day of publication and is not listed; return how many."""
    listed = NoticeGiven.objects.of(change).filter(client=OuterRef("pk"))
    present = Client.objects.filter(~Exists(listed), created_on__lte=change.published_on)
    return insert_select(
        NoticeGiven,
        ("id", "client", "notice_version"),
        present.values_list(NewKey(), "pk", Value(change.notice_version)),
        on_conflict="DO NOTHING",
    )
