"""Who is to be told of a material change, and the mark that somebody was (C19)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from register.access.gate import changeable, may_list
from register.access.standing import User, looking_anew
from register.domain.access_log import open_purposes, reading
from register.domain.access_log.changing import changing
from register.exceptions import Erased
from register.models import Client, MaterialChange, NoticeGiven
from register.models.access_log import Action
from register.models.notices import NoticeGivenQuerySet

from . import publication

VIEW = "to_be_told"


@dataclass(frozen=True, slots=True)
class Told:
    """What came of marking: how many were told now, had been before, or are erased."""

    now: int
    before: int
    erased: int


def newest() -> MaterialChange | None:
    """Return the change of which clients are told now: the newest one covers those before it."""
    return MaterialChange.objects.unfinished().order_by("-notice_version").first()


def tells(*, by: User, today: date) -> bool:
    """Whether the person tells clients at all, own ones or any."""
    return not changeable(NoticeGiven, by=by, today=today).query.is_empty()


def count(*, by: User, today: date) -> int:
    """Return how many clients the person is to tell, or to have told. A count is no read."""
    change = newest()
    return waiting(change, by=by, today=today).count() if change else 0


def waiting(change: MaterialChange, *, by: User, today: date) -> NoticeGivenQuerySet:
    """Return the rows of whom the person is to tell, to be counted; `to_be_told` reads them."""
    rows: NoticeGivenQuerySet = changeable(NoticeGiven, by=by, today=today)  # type: ignore[assignment]
    return rows.of(change).to_be_told()


def in_order_of_names(*, by: User, today: date) -> bool:
    """Whether they stand by name, or else by register number.

    Who sees no names learns nothing of them by their order either.
    """
    return may_list(by, Client, today=today)


def to_be_told(
    change: MaterialChange, *, by: User, today: date, start: int = 0, stop: int
) -> list[tuple[NoticeGiven, str]]:
    """Return (row, client's name) of whom the person is to tell, both reads being logged.

    The name is "" where the person does not see the client: the main user goes by the register
    number. Whoever tells nobody gets nothing.
    """
    by_name = in_order_of_names(by=by, today=today)
    order = "client__sort_key" if by_name else "client__register_number"
    mine = changeable(NoticeGiven, by=by, today=today).values("pk")
    rows = reading.read(
        NoticeGiven,
        to=by,
        today=today,
        view=VIEW,
        action=Action.LIST,
        narrow=lambda rows: (
            rows.of(change)  # type: ignore[attr-defined]
            .to_be_told()
            .filter(pk__in=mine)
            .select_related("client")
            .order_by(order, "pk")[start:stop]
        ),
    )
    seen = reading.read(
        Client,
        to=by,
        today=today,
        view=VIEW,
        action=Action.LIST,
        narrow=lambda clients: clients.filter(pk__in=[row.client_id for row in rows]),
    )
    names = {client.pk: client.name for client in seen}
    return [(row, names.get(row.client_id, "")) for row in rows]


def tell(*, rows: Collection[UUID], given_on: date, by: User, today: date) -> Told:
    """Mark that the clients of these rows were told on the day, all of them or none.

    Who was told before keeps that day; whoever is erased meanwhile needs no mark. When nobody is
    left, the change is finished and its purposes open.

    Raises NotAllowed when one of them is not the person's to tell, and ValidationError for a day
    in the future or before the publication.
    """
    now = before = erased = 0
    with transaction.atomic(), looking_anew():
        if given_on > today:
            raise ValidationError({"given_on": _("The day can't be in the future.")})
        published = dict(MaterialChange.objects.values_list("notice_version", "published_on"))
        for key in sorted(set(rows)):
            try:
                with changing(
                    NoticeGiven(pk=key), by=by, today=today, view=VIEW, seen=None
                ) as change:
                    row = change.row
                    change.details["notice_version"] = row.notice_version
                    if row.given_on is not None:
                        before += 1
                        continue
                    _refuse_before(published.get(row.notice_version), given_on)
                    change.set(given_on=given_on)
                    row.given_by_id = by.pk
                    now += 1
            except Erased:
                erased += 1
        publication.finish(today=today)
    return Told(now, before, erased)


def _refuse_before(published_on: date | None, given_on: date) -> None:
    if published_on is not None and given_on < published_on:
        raise ValidationError(
            {
                "given_on": _("The version was published on %(day)s: nobody was told before.")
                % {"day": date_format(published_on, "SHORT_DATE_FORMAT")}
            }
        )


def waiting_purposes(change: MaterialChange) -> list[str]:
    """Return in words the purposes that open when all have been told."""
    return open_purposes.in_words(change.purposes.values_list("category", "purpose"))
