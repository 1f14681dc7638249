"""What is new of a list: compared with itself and with the register. Nothing is changed here.

One person is recognised strictly: the same name, no other birth year, and the same birth year,
e-mail address or phone number; or all facts the same. Who is only like somebody is told of.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from register.domain.clients.importing.columns import Column
from register.domain.clients.importing.rows import FACTS, Read, Told
from register.models import Client, ServiceOrder
from register.text.folding import for_search
from register.text.person_names import arrangements, person_key

# What a client's order is recognised by; the rest of it can differ.
ORDER_FACTS = (
    "specification", "manner", "office", "planned_end", "actual_end", "price", "billed_before",
)  # fmt: skip
COLUMN_OF = {"billed_before": Column.BILLED}


class State(TextChoices):
    """What becomes of a row."""

    NEW = "new", gettext_lazy("New client")
    NEW_ORDER = "new_order", gettext_lazy("New service of a known client")
    SAME = "same", gettext_lazy("Already in the register")
    CHANGED = "changed", gettext_lazy("Differs from the register")
    LEFT_OUT = "left_out", gettext_lazy("Over: would be erased at once")
    DOUBLE = "double", gettext_lazy("The same row twice")
    WRONG = "wrong", gettext_lazy("Wrong")


ENTERED = (State.NEW, State.NEW_ORDER)
# Rows that are there on purpose or not, and are not entered: a person says so first.
NOT_ENTERED = (State.CHANGED, State.LEFT_OUT, State.DOUBLE)


@dataclass(slots=True)
class Person:
    """Somebody whom the register or an earlier row knows.

    Attributes:
        client: the row of the register; None for who is only in the list.
        row: the number of the first row about this person.
    """

    facts: dict[str, Any]
    client: Client | None = None
    row: int | None = None


@dataclass(slots=True)
class Compared:
    """A row, and what becomes of it.

    Attributes:
        person: whom it is about, for rows that are entered or known.
    """

    read: Read
    state: State
    person: Person | None = None
    told: list[Told] = field(default_factory=list)


class People:
    """Who is known, found by what two records of one person have in common."""

    def __init__(self) -> None:
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        self.by_contact: dict[str, list[Person]] = defaultdict(list)

    def add(self, person: Person) -> None:
        self.by_name[person_key(person.facts["name"])].append(person)
        for contact in contacts(person.facts):
            self.by_contact[contact].append(person)

    def namesakes(self, facts: dict[str, Any]) -> list[Person]:
        """Return people of this name, its words turned too, whose birth year is not another."""
        found = [each for key in arrangements(facts["name"]) for each in self.by_name.get(key, ())]
        years = {facts["birth_year"], None}
        return [
            each
            for each in found
            if facts["birth_year"] is None or each.facts["birth_year"] in years
        ]

    def like(self, facts: dict[str, Any]) -> list[Person]:
        """Return people who may be this one: a namesake, or with the same address or number."""
        found = self.namesakes(facts)
        for contact in contacts(facts):
            found += [each for each in self.by_contact[contact] if each not in found]
        return found


def contacts(facts: dict[str, Any]) -> set[str]:
    """Return e-mail address and phone number, as they are compared."""
    return {each for each in (for_search(facts["email"]), str(facts["phone"] or "")) if each}


def is_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two namesakes are certainly one person."""
    same_year = one["birth_year"] is not None and one["birth_year"] == other["birth_year"]
    return same_year or bool(contacts(one) & contacts(other)) or not differing(one, other)


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Return the names of the facts that differ, other than by how they are written."""
    return [name for name in FACTS if _plain(name, one[name]) != _plain(name, other[name])]


def known_people() -> People:
    """Return who is in the register."""
    people = People()
    for client in Client.objects.all():
        people.add(Person({name: getattr(client, name) for name in FACTS}, client))
    return people


def compare(rows: Sequence[Read], *, today: date, people: People) -> list[Compared]:
    """Return what becomes of each row. It adds the people of new rows to `people`."""
    found: dict[int, list[Person]] = {
        row.number: [each for each in people.namesakes(row.facts) if each.client is not None]
        for row in rows
        if not row.wrong
    }
    known = {person.client.pk for each in found.values() for person in each if person.client}
    comparison = _Comparison(people, _orders_of(known), today)
    return [comparison.of(row) for row in rows]


class _Comparison:
    def __init__(self, people: People, orders: dict[UUID, list[ServiceOrder]], today: date) -> None:
        self.people, self.orders = people, orders
        # What ended before the year of the next run is erased by that run (C44).
        self.kept_from = date((today + timedelta(days=1)).year, 1, 1)
        self.seen: dict[tuple[int, Any, date], Read] = {}

    def of(self, read: Read) -> Compared:
        if read.wrong:
            return Compared(read, State.WRONG, told=read.wrong)
        if read.ends_on < self.kept_from:
            return Compared(read, State.LEFT_OUT)
        namesakes = [
            each for each in self.people.namesakes(read.facts) if is_same(each.facts, read.facts)
        ]
        if len(namesakes) > 1:
            return self.wrong(read, _("The row could be about more than one client."))
        person = namesakes[0] if namesakes else None
        if person is None:
            return self.new(read)
        if person.client is not None and not person.client.is_unrestricted:
            return self.wrong(read, _("Ask the data protection contact before you enter this row."))
        twin = self.seen.get((id(person), read.order["service"].pk, read.order["starts_on"]))
        if twin is not None:
            return self.double(read, twin, person)
        differ = differing(person.facts, read.facts)
        if person.row is not None and differ:
            message = _("Row %(row)d tells something else of the same person.")
            return self.wrong(read, message % {"row": person.row}, differ)
        return self.known(read, person, differ)

    def new(self, read: Read) -> Compared:
        person = Person(read.facts, row=read.number)
        told = [*read.told]
        rows = sorted({each.row for each in self.people.like(read.facts) if each.row is not None})
        if rows:
            message = _("May be the same person as in row %(row)d.")
            told.append(Told(None, message % {"row": rows[0]}))
        self.people.add(person)
        return self.entered(Compared(read, State.NEW, person, told))

    def known(self, read: Read, person: Person, differ: list[str]) -> Compared:
        if person.client is None:
            return self.entered(Compared(read, State.NEW_ORDER, person, [*read.told]))
        order = next(
            (
                each
                for each in self.orders.get(person.client.pk, [])
                if each.service_id == read.order["service"].pk
                and each.starts_on == read.order["starts_on"]
            ),
            None,
        )
        if order is not None:
            differ += [name for name in ORDER_FACTS if getattr(order, name) != read.order[name]]
        if differ:
            message = _("The register has it otherwise.")
            told = [Told(_column(name), message) for name in differ]
            return self.entered(Compared(read, State.CHANGED, person, told))
        state = State.NEW_ORDER if order is None else State.SAME
        return self.entered(Compared(read, state, person, [*read.told]))

    def double(self, read: Read, twin: Read, person: Person) -> Compared:
        order = [name for name in ORDER_FACTS if read.order[name] != twin.order[name]]
        differ = differing(twin.facts, read.facts) + order
        if differ or read.counsellor != twin.counsellor:
            message = _("Row %(row)d tells something else of the same service.")
            return self.wrong(read, message % {"row": twin.number}, differ)
        message = _("The same as row %(row)d.") % {"row": twin.number}
        return Compared(read, State.DOUBLE, person, [Told(None, message)])

    def entered(self, compared: Compared) -> Compared:
        order = compared.read.order
        key = (id(compared.person), order["service"].pk, order["starts_on"])
        self.seen[key] = compared.read
        return compared

    def wrong(self, read: Read, message: str, differ: Iterable[str] = ()) -> Compared:
        told = [Told(_column(name), message) for name in differ] or [Told(None, message)]
        return Compared(read, State.WRONG, told=told)


def _column(name: str) -> Column:
    return COLUMN_OF.get(name) or Column(name)


def _plain(name: str, value: Any) -> Any:
    if name == "name":
        return person_key(value)
    return for_search(value) if name == "email" else str(value or "")


def _orders_of(clients: Iterable[UUID]) -> dict[UUID, list[ServiceOrder]]:
    found: dict[UUID, list[ServiceOrder]] = defaultdict(list)
    for order in ServiceOrder.objects.filter(client__in=clients).select_related("office"):
        found[order.client_id].append(order)
    return found
