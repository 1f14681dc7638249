"""A row of the list as a client and an order, checked as each of them checks itself (C09–C17)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from register.domain.access_log import typed
from register.domain.clients.importing import cells
from register.domain.clients.importing.choices import Choices, cells_of, data_rows
from register.domain.clients.importing.columns import REQUIRED, Column
from register.domain.clients.importing.table import Cell, Sheet
from register.models import Client, Office, Service, ServiceOrder, StaffMember
from register.models.orders import Manner
from register.models.staff import Role
from register.reference.municipalities import municipalities
from register.text import municipality_names
from register.text.folding import for_search

T = TypeVar("T")
FACTS = ("name", "email", "phone", "home_municipality", "birth_year")


@dataclass(frozen=True, slots=True)
class Told:
    """Something about a row that a person should read.

    Attributes:
        column: what it is about; None for the row as a whole.
        message: never holds what stands in the row.
    """

    column: Column | None
    message: str

    def __str__(self) -> str:
        return f"{self.column.label}: {self.message}" if self.column else self.message


@dataclass(slots=True)
class Read:
    """A row that was read.

    Attributes:
        number: as people number the rows of their file.
        facts, order: values of the client's and the order's fields by name.
        counsellor: whose client and order it is to be.
        wrong: why it can't be entered.
        told: what was understood otherwise than it is written.
    """

    number: int
    facts: dict[str, Any] = field(default_factory=dict)
    order: dict[str, Any] = field(default_factory=dict)
    counsellor: StaffMember | None = None
    wrong: list[Told] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    @property
    def ends_on(self) -> date:
        """The day on which the service ends, or ended, as far as the row tells."""
        ends: date = self.order["actual_end"] or self.order["planned_end"]
        return ends


class Offer:
    """What a row can name: services, offices, counsellors, each by its folded names."""

    def __init__(self, today: date) -> None:
        self.services = _by_name((each.name, each) for each in Service.objects.all())
        self.offices = _by_name((each.name, each) for each in Office.objects.all())
        counsellors = (
            StaffMember.objects.open(today).holding(Role.COUNSELLOR).select_related("user")
        )
        self.counsellors = _by_name(
            (name, member) for member in counsellors for name in _names(member)
        )


def read(sheet: Sheet, choices: Choices, offer: Offer) -> list[Read]:
    """Return the rows below the headings, each with what is wrong with it."""
    return [
        _Reader(number, cells_of(row, choices), choices, offer).read
        for number, row in data_rows(sheet, choices.heading_row)
    ]


class _Reader:
    def __init__(
        self, number: int, found: Mapping[Column, Cell], choices: Choices, offer: Offer
    ) -> None:
        self.cells, self.offer = found, offer
        self.read = Read(number)
        self.read.facts = self.client_facts()
        self.read.order = self.order_values(choices)
        self.read.counsellor = self.named(Column.COUNSELLOR, offer.counsellors, _NO_COUNSELLOR)
        if not self.read.wrong:
            self.check()

    def client_facts(self) -> dict[str, Any]:
        return {
            "name": self.name(),
            "email": self.text(Column.EMAIL),
            "phone": self.value(Column.PHONE, cells.phone, otherwise=""),
            "home_municipality": self.municipality(),
            "birth_year": self.value(Column.BIRTH_YEAR, cells.birth_year, otherwise=None),
        }

    def order_values(self, choices: Choices) -> dict[str, Any]:
        service = self.named(Column.SERVICE, self.offer.services, _NO_SERVICE)
        price = service.price if service else 0
        manner = choices.manner
        return {
            "service": service,
            "specification": self.text(Column.SPECIFICATION),
            "manner": self.value(Column.MANNER, cells.manner, otherwise=manner)
            if self.text(Column.MANNER)
            else Manner(manner)
            if manner
            else self.value(Column.MANNER, cells.manner),
            "office": self.named(Column.OFFICE, self.offer.offices, _NO_OFFICE),
            "starts_on": self.required(Column.STARTS_ON, cells.day),
            "planned_end": self.required(Column.PLANNED_END, cells.day),
            "actual_end": self.optional(Column.ACTUAL_END, cells.day, None),
            "price": self.optional(Column.PRICE, cells.price, price),
            "billed_before": self.required(Column.BILLED, cells.is_billed),
        }

    def name(self) -> str:
        if Column.NAME in self.cells:
            name = self.text(Column.NAME)
        else:
            name = f"{self.text(Column.FIRST_NAME)} {self.text(Column.LAST_NAME)}".strip()
        if not name:
            self.wrong(Column.NAME, _("The name is missing."))
        return name

    def municipality(self) -> str:
        name = self.text(Column.HOME_MUNICIPALITY)
        if not name:
            return ""
        found = municipality_names.find(name)
        if found is None:
            self.wrong(
                Column.HOME_MUNICIPALITY,
                _("No municipality of this name is known: write the present one, or leave it out."),
            )
            return ""
        if found.former:
            message = _("%(former)s is no more: it is entered as %(present)s.")
            present = municipalities()[found.code].name
            self.read.told.append(
                Told(
                    Column.HOME_MUNICIPALITY,
                    message % {"former": found.former, "present": present},
                )
            )
        return found.code

    def named(self, column: Column, offered: Mapping[str, T | None], refusal: Any) -> T | None:
        name = self.text(column)
        if not name:
            self.wrong(column, _missing())
            return None
        found = offered.get(for_search(name))
        if found is None:
            self.wrong(column, refusal())
        return found

    def text(self, column: Column) -> str:
        return cells.text(self.cells.get(column))

    def optional(self, column: Column, parse: Callable[[Cell], Any], otherwise: Any) -> Any:
        return self.value(column, parse, otherwise) if self.text(column) else otherwise

    def required(self, column: Column, parse: Callable[[Cell], Any]) -> Any:
        if column in REQUIRED and not self.text(column):
            self.wrong(column, _missing())
            return None
        return self.value(column, parse)

    def value(self, column: Column, parse: Callable[[Cell], Any], otherwise: Any = None) -> Any:
        try:
            return parse(self.cells.get(column))
        except ValidationError as error:
            self.wrong(column, " ".join(error.messages))
            return otherwise

    def wrong(self, column: Column | None, message: str) -> None:
        self.read.wrong.append(Told(column, message))

    def check(self) -> None:
        """Ask the models' own rules, so that a row is refused here as a form would refuse it."""
        read = self.read
        client = Client(**read.facts)
        self.ask(client, exclude=("id", "register_number"))
        order = ServiceOrder(client=client, counsellor=read.counsellor, **read.order)
        self.ask(order, exclude=("id", "client", "service", "office", "counsellor"))
        for name in FACTS:
            read.facts[name] = getattr(client, name)

    def ask(self, row: Any, *, exclude: tuple[str, ...]) -> None:
        try:
            row.clean_fields(exclude=exclude)
            typed.refuse_unwanted(row, [field.name for field in row._meta.concrete_fields])
            # Each asks the database: only where one of them would refuse.
            if not _in_order(self.read.order):
                row.validate_constraints()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                plain = name.removesuffix("_encrypted")
                known = plain in Column.values and name != NON_FIELD_ERRORS
                self.wrong(Column(plain) if known else None, " ".join(messages))


def _in_order(order: Mapping[str, Any]) -> bool:
    """Whether the days and the price are as the model's constraints have them."""
    ends = [order["planned_end"], order["actual_end"] or order["planned_end"]]
    return bool(min(ends) >= order["starts_on"] and order["price"] >= 0)


def _by_name(named: Iterable[tuple[str, T]]) -> dict[str, T | None]:
    """Return by folded name; None where two have the same, which names neither."""
    found: dict[str, list[T]] = defaultdict(list)
    for name, each in named:
        key = for_search(name)
        if key and each not in found[key]:
            found[key].append(each)
    return {key: each[0] if len(each) == 1 else None for key, each in found.items()}


def _names(member: StaffMember) -> list[str]:
    first, last = member.user.first_name, member.user.last_name
    return [member.user.username, f"{first} {last}", f"{last} {first}"]


def _missing() -> str:
    return _("This is missing. A row without it can't be entered.")


def _NO_SERVICE() -> str:
    return _("No service of this name is in the catalogue.")


def _NO_OFFICE() -> str:
    return _("No office of this name is known.")


def _NO_COUNSELLOR() -> str:
    return _("No counsellor of this name or user name is known, or there are several.")
