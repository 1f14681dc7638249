"""The list is entered, all or nothing: each client with its service, for its counsellor (C22).

Whoever does it gives clients to counsellors as a main user does, and sees none of them afterwards.
The clients' own facts are never changed from here: what counsellors wrote since is newer.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction

from register.access.gate import may_create
from register.access.standing import Actor, looking_anew
from register.db import retry
from register.domain.access_log.changing import add_with_another
from register.domain.access_log.recording import record
from register.domain.clients import assignments
from register.domain.clients.importing import choices as choosing
from register.domain.clients.importing import comparing, rows
from register.domain.clients.importing.choices import Choices
from register.domain.clients.importing.comparing import ENTERED, NOT_ENTERED, Compared, State
from register.domain.clients.importing.table import Table
from register.domain.staff import changes, hearings
from register.exceptions import NotAllowed, Stale
from register.inventory.vocabulary import Purpose
from register.models import Assignment, Client, LikelyDuplicate, ServiceOrder, StaffMember
from register.models.access_log import Action

VIEW = "client_import"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of the rows, or became of them.

    Attributes:
        rows: all of them, in their order.
    """

    rows: Sequence[Compared]

    @property
    def counts(self) -> dict[State, int]:
        """How many rows there are of each kind."""
        counted = Counter(each.state for each in self.rows)
        return {state: counted[state] for state in State if counted[state]}

    @property
    def is_wrong(self) -> bool:
        """Whether a row is wrong, so that nothing can be entered."""
        return State.WRONG in self.counts

    @property
    def adds(self) -> bool:
        """Whether a row would be entered."""
        return any(state in self.counts for state in ENTERED)

    @property
    def leaves_rows(self) -> bool:
        """Whether there are rows that are not entered, which a person says first."""
        return any(state in self.counts for state in NOT_ENTERED)

    @property
    def sign(self) -> str:
        """What a confirmation gives back, so that what was looked at is what is done."""
        return "-".join(f"{state.value}{count}" for state, count in self.counts.items())

    def numbers(self, state: State) -> list[int]:
        """Return the rows of one kind, as people number them."""
        return [each.read.number for each in self.rows if each.state is state]


def may_import(*, by: Actor, today: date) -> bool:
    """Whether this person gives clients to counsellors, which is what an import does."""
    return may_create(by, Assignment, today=today)


def look(table: Table, choices: Choices, *, by: Actor, today: date) -> Outcome:
    """Return what would become of each row; nothing is entered.

    Whom of the register the rows are about is logged. Raises NotAllowed, or ValueError when the
    choices don't fit the table.
    """
    with transaction.atomic(), looking_anew():
        if not may_import(by=by, today=today):
            raise NotAllowed
        outcome, _people = _outcome(table, choices, today)
        known = {
            each.person.client.pk
            for each in outcome.rows
            if each.person is not None and each.person.client is not None
        }
        if known:
            record(
                by=by,
                action=Action.LIST,
                purpose=Purpose.GUIDANCE,
                model=Client,
                view=VIEW,
                clients=known,
            )
    return outcome


def enter(table: Table, choices: Choices, *, seen: str, by: Actor, today: date) -> Outcome:
    """Enter what is new, in one transaction.

    Args:
        seen: the sign of the outcome that the person looked at.

    Raises:
        NotAllowed: unless a main user asks, or the server.
        ValueError: the choices don't fit, a row is wrong, or rows are left out unsaid.
        Stale: it would become something else than what the person saw.
        ValidationError: there is no client yet, and the staff were not heard about the log.
    """
    return retry.in_transaction(partial(_enter, table, choices, seen, by, today))


def _enter(table: Table, choices: Choices, seen: str, by: Actor, today: date) -> Outcome:
    with looking_anew():
        if not may_import(by=by, today=today):
            raise NotAllowed
        outcome, people = _outcome(table, choices, today)
        if outcome.sign != seen:
            raise Stale("import", "file")
        if outcome.is_wrong or (outcome.leaves_rows and not choices.leaves_rows):
            raise ValueError("Rows are wrong, or left out unsaid.")
        if outcome.adds and not Client.objects.exists():
            hearings.refuse_before_hearing(today=today)
        added = []
        for row in outcome.rows:
            if row.state in ENTERED:
                added += _enter_row(row, by=by, today=today)
        _note_duplicates(added, people, by=by, today=today)
    return outcome


def _outcome(table: Table, choices: Choices, today: date) -> tuple[Outcome, comparing.People]:
    if choosing.complaints(table, choices):
        raise ValueError("The choices don't fit the table.")
    people = comparing.known_people()
    read = rows.read(table.sheets[choices.sheet], choices, rows.Offer(today))
    return Outcome(comparing.compare(read, today=today, people=people)), people


def _enter_row(row: Compared, *, by: Actor, today: date) -> list[comparing.Person]:
    """Add the row's order, its client where that is new, and the counsellor's period."""
    person, counsellor = row.person, row.read.counsellor
    if person is None or counsellor is None:
        raise ValueError("A row without a person or counsellor is not entered.")
    asked: dict[str, Any] = {"by": by, "today": today, "view": VIEW, "purpose": Purpose.GUIDANCE}
    is_new = person.client is None
    if person.client is None:
        client = Client(**person.facts, created_on=today)
        person.client = add_with_another(client, **asked)
    if is_new or not _is_open(person.client, counsellor, today):
        _assign(person.client, counsellor, by=by, today=today)
    order = ServiceOrder(
        client=person.client, counsellor=counsellor, created_on=today, **row.read.order
    )
    add_with_another(order, **asked)
    return [person] if is_new else []


def _is_open(client: Client, counsellor: StaffMember, today: date) -> bool:
    periods = Assignment.objects.current(today)
    return periods.filter(user=counsellor.user, content_object=client).exists()


def _assign(client: Client, counsellor: StaffMember, *, by: Actor, today: date) -> None:
    """Open the client to the counsellor from today on."""
    add_with_another(
        assignments.new_period(client, counsellor.user, today, None),
        by=by,
        today=today,
        view=VIEW,
        action=Action.ASSIGN,
        details={"counsellor": counsellor.user_id},
    )
    changes.note_if_main_user(user=counsellor.user, client=client.pk, by=by)


def _note_duplicates(
    added: Sequence[comparing.Person], people: comparing.People, *, by: Actor, today: date
) -> None:
    """Tell the data protection contact of people who may be recorded twice now, and nobody else."""
    pairs: set[tuple[Client, Client]] = set()
    for person in added:
        for other in people.like(person.facts):
            if other is person or other.client is None or person.client is None:
                continue
            if (other.client, person.client) not in pairs:
                pairs.add((person.client, other.client))
    if not pairs:
        return
    noted = LikelyDuplicate.objects.bulk_create(
        [LikelyDuplicate(client=one, other=other, found_on=today) for one, other in pairs]
    )
    record(
        by=by,
        action=Action.CREATE,
        purpose=Purpose.RIGHTS,
        model=LikelyDuplicate,
        view=VIEW,
        objects=noted,
        clients={client.pk for pair in pairs for client in pair},
        count=len(noted),
    )
