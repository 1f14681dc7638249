"""Who may be one and the same person: a question, never a refusal."""

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet

from register.access.gate import may_change, purpose_of, visible
from register.access.standing import User
from register.domain.access_log import reading
from register.domain.access_log.recording import record
from register.exceptions import NotAllowed
from register.models import Client, LikelyDuplicate
from register.models.access_log import Action
from register.text.folding import for_search
from register.text.person_names import arrangements


def alike(client: Client) -> QuerySet[Client]:
    """Other clients who may be the same person: same e-mail or phone, or name and birth year.

    A name is the same in capitals, with other accents and with its words turned; a birth year
    that one of the two lacks tells them not apart. Couples share addresses and numbers, so this
    is a question, never a refusal.
    """
    same = Q(pk__in=[])
    if client.email:
        # One of the parts of the key, each of which stands between blanks.
        same |= Q(search_key__contains=f" {for_search(client.email)} ")
    if client.phone:
        same |= Q(phone=client.phone)
    if client.name:
        named = Q(sort_key__in=sorted(arrangements(client.name)))
        if client.birth_year:
            named &= Q(birth_year=None) | Q(birth_year=client.birth_year)
        same |= named
    return Client.objects.filter(same).exclude(pk=client.pk)


def own_duplicates(*, client: Client, by: User, today: date) -> list[Client]:
    """Return likely duplicates among the clients that `by` sees, having logged the read."""
    return reading.read(
        Client,
        to=by,
        today=today,
        view="client_duplicates",
        narrow=lambda rows: rows.filter(pk__in=alike(client).values("pk")),
    )


def report_duplicates(*, client: Client, by: User, today: date) -> int:
    """Tell the data protection contact of likely duplicates that `by` may not see.

    Returns how many there are that were not told of before. NotAllowed when the client is not
    the person's own.
    """
    with transaction.atomic():
        if not may_change(by, client, today=today):
            raise NotAllowed
        told = LikelyDuplicate.objects.filter(client=client)
        hidden = (
            alike(client)
            .exclude(pk__in=visible(Client, to=by, today=today).values("pk"))
            .exclude(pk__in=told.values("other"))
            .values_list("pk", flat=True)
        )
        others = list(hidden)
        LikelyDuplicate.objects.bulk_create(
            [LikelyDuplicate(client=client, other_id=other, found_on=today) for other in others],
            ignore_conflicts=True,
        )
        if others:
            record(
                by=by,
                action=Action.CREATE,
                purpose=purpose_of(by, LikelyDuplicate, today=today),
                model=LikelyDuplicate,
                view="duplicates",
                objects=list(told.filter(other__in=others)),
                clients=[client.pk, *others],
                count=len(others),
            )
    return len(others)
