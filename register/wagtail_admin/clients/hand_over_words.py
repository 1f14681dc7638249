"""What a hand-over will do, in sentences, before it is confirmed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from register.domain.clients.hand_over_list import Given
from register.domain.clients.handing_over import Move, outlook
from register.domain.clients.stretches import DAY, Stretch
from register.wagtail_admin.base.words import plain


@dataclass(slots=True)
class Told:
    """One sentence, and the clients of whom it tells."""

    sentence: str
    rows: list[Given] = field(default_factory=list)


def sentences(
    rows: Mapping[str, Given],
    moves: Collection[Move],
    days: Stretch,
    *,
    colleagues: Mapping[int, str],
) -> list[Told]:
    """Return a sentence for each colleague and each last day, with the clients under it.

    Args:
        rows: the clients by key.
        colleagues: names by key.

    ValidationError names by number whom the giver does not have in those days.
    """
    groups: dict[tuple[int, date | None, bool], list[Given]] = {}
    ended = []
    for move in moves:
        row = rows[str(move.client)]
        found = outlook(row.periods, days)
        if found is None:
            ended.append(row.client.register_number)
        else:
            groups.setdefault((move.to, found.last, found.returns), []).append(row)
    if ended:
        raise ValidationError(
            _("The responsibility ends before that day: %(numbers)s. Take off these ticks.")
            % {"numbers": ", ".join(ended)}
        )
    return [
        Told(_sentence(len(found), colleagues[to], days.first, last, returns), found)
        for (to, last, returns), found in groups.items()
    ]


def _sentence(count: int, name: str, first: date, last: date | None, returns: bool) -> str:
    told = {"count": count, "name": name, "first": plain(first), "last": plain(last)}
    if last is None:
        words = ngettext(
            "%(count)d client is %(name)s's from %(first)s on, for good.",
            "%(count)d clients are %(name)s's from %(first)s on, for good.",
            count,
        )
    elif returns:
        told["return"] = plain(last + DAY)
        words = ngettext(
            "%(count)d client is %(name)s's %(first)s–%(last)s and returns on %(return)s.",
            "%(count)d clients are %(name)s's %(first)s–%(last)s and return on %(return)s.",
            count,
        )
    else:
        words = ngettext(
            "%(count)d client is %(name)s's %(first)s–%(last)s and does not return: the "
            "responsibility ends.",
            "%(count)d clients are %(name)s's %(first)s–%(last)s and do not return: the "
            "responsibility ends.",
            count,
        )
    return words % told
