"""The inventory: every field of every model, classified once. Everything else is derived (C23).

The notice, the record of processing, the summary, the erasure engine, the billing file's
allow-list and the access log's references all read it; none of them repeats it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from .vocabulary import (
    Category,
    ErasureUnit,
    LegalBasis,
    Purpose,
    Recipient,
    RetentionOutcome,
    Subject,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What all fields of a category share."""

    purposes: tuple[Purpose, ...]
    legal_basis: LegalBasis
    at_end: RetentionOutcome


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """The classification of one personal field."""

    category: Category
    terms: Terms
    recipients: tuple[Recipient, ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """A period of its own: a row is erased when the day in the field is longer ago than that."""

    field: str
    kept_for: timedelta


@dataclass(frozen=True, kw_only=True, slots=True)
class Declaration:
    """The classification of a model of the project.

    Attributes:
        model: label, such as "register.Client".
        personal: field name to classification.
        not_personal: names of all other fields: keys, the system's dates, reference data.
        derived: names of columns that only say again what others say, such as a key to search by.
            They are no further facts, and as personal as what they are derived from.
        subject: whose data the rows are.
        client_path: lookup from a row to its client's key; "" when there is none.
        erased_with: the unit the rows are erased with; None when they have a clock of their own.
        unit_path: lookup from a row to that unit's key.
        clock: the period after which the engine erases a row by itself; None where it has none.
    """

    model: str
    personal: Mapping[str, Field] = field(default_factory=dict)
    not_personal: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    subject: Subject = Subject.NOBODY
    client_path: str = ""
    erased_with: ErasureUnit | None = None
    unit_path: str = ""
    clock: Clock | None = None

    @property
    def fields(self) -> list[str]:
        """Every classified field, personal or not, as often as it was named."""
        return [*self.personal, *self.not_personal, *self.derived]

    @property
    def telling_of_people(self) -> list[str]:
        """The fields whose values tell of a person, derived ones included."""
        return [*self.personal, *(self.derived if self.personal else ())]


@dataclass(frozen=True, kw_only=True, slots=True)
class ThirdPartyModel:
    """A third-party model, classified as a whole.

    Attributes:
        subject: whose data its rows may hold.
        purged_by: how that data is erased; "" when it holds none.
    """

    model: str
    subject: Subject = Subject.NOBODY
    purged_by: str = ""


class Inventory:
    """All declarations of the installed apps."""

    def __init__(self) -> None:
        self._terms: dict[Category, Terms] = {}
        self._declarations: dict[str, Declaration] = {}
        self._third_party: dict[str, ThirdPartyModel] = {}

    def set_terms(self, category: Category, terms: Terms) -> None:
        self._terms[category] = terms

    def terms(self, category: Category) -> Terms:
        """Return the category's terms; KeyError when nobody set them."""
        return self._terms[category]

    def declare(self, declaration: Declaration) -> None:
        """Register a model of the project. ValueError when it is declared already."""
        if declaration.model in self._declarations:
            raise ValueError(f"{declaration.model} is declared twice")
        self._declarations[declaration.model] = declaration

    def declare_not_personal(self, model: str, *fields: str, derived: tuple[str, ...] = ()) -> None:
        """Register a model of the project that holds nobody's personal data."""
        self.declare(Declaration(model=model, not_personal=fields, derived=derived))

    def declare_third_party(
        self, *models: str, subject: Subject = Subject.NOBODY, purged_by: str = ""
    ) -> None:
        """Register third-party models that are treated alike."""
        for model in models:
            self._third_party[model] = ThirdPartyModel(
                model=model, subject=subject, purged_by=purged_by
            )

    def personal(
        self,
        category: Category,
        *clauses: str,
        recipients: Iterable[Recipient] = (),
    ) -> Field:
        """Classify a field as personal, on its category's terms. KeyError when it has none."""
        return Field(
            category=category,
            terms=self.terms(category),
            recipients=tuple(recipients),
            clauses=clauses,
        )

    def __iter__(self) -> Iterator[Declaration]:
        return iter(self._declarations.values())

    def __contains__(self, model: str) -> bool:
        return model in self._declarations or model in self._third_party

    def __getitem__(self, model: str) -> Declaration:
        return self._declarations[model]

    def declares(self, model: str) -> bool:
        """Whether the model is the project's own, classified field by field."""
        return model in self._declarations

    def knows_app(self, app: str) -> bool:
        """Whether any model of the app is classified here."""
        return any(
            model.startswith(f"{app}.") for model in (*self._declarations, *self._third_party)
        )

    def third_party(self) -> Iterator[ThirdPartyModel]:
        return iter(self._third_party.values())

    def of(self, subject: Subject) -> list[Declaration]:
        """Declarations of models that hold this subject's data, in the order declared."""
        return [declaration for declaration in self if declaration.subject is subject]

    def erased_with(self, unit: ErasureUnit) -> list[Declaration]:
        """Declarations of models whose rows are erased with the unit, in the order declared."""
        return [declaration for declaration in self if declaration.erased_with is unit]

    def with_clock(self) -> list[tuple[str, Clock]]:
        """(model, clock) of every model whose rows are erased after a period of their own."""
        return [(found.model, found.clock) for found in self if found.clock is not None]

    def in_category(self, category: Category) -> list[tuple[Declaration, str, Field]]:
        """Every personal field of the category: (declaration, field name, classification)."""
        return [
            (declaration, name, field)
            for declaration in self
            for name, field in declaration.personal.items()
            if field.category is category
        ]

    def allow_list(self, recipient: Recipient) -> list[tuple[str, str]]:
        """(model, field) of every personal field that the recipient may get (C25)."""
        return [
            (declaration.model, name)
            for declaration in self
            for name, field in declaration.personal.items()
            if recipient in field.recipients
        ]


inventory = Inventory()
