"""The inventory: every field of every model, classified once. Everything else is derived (C23).

The notice, the record of processing, the summary, the erasure engine, the billing file's
allow-list and the access log's references all read it; none of them repeats it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from register.conf import register_settings

from .ends import Awaited, Clock, End, NamesAccount, WithAccount, WithTheLog, WithUnit
from .vocabulary import (
    Category,
    ErasureUnit,
    LegalBasis,
    OwnPeriod,
    Purpose,
    Recipient,
    Subject,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What all fields of a category share."""

    purposes: tuple[Purpose, ...]
    legal_bases: tuple[LegalBasis, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """The classification of one personal field.

    Attributes:
        parts: names of other fields of the model that are told of as parts of this one.
    """

    category: Category
    recipients: tuple[Recipient, ...] = ()
    clauses: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Declaration:
    """The classification of a model of the project.

    Attributes:
        model: label, such as "register.Client".
        personal: field name to classification.
        entries: names of the register's own entries about the person: number, days, who made
            them. They are the model's own category, and the notice names them collectively.
        not_personal: names of all other fields. In a row about a client only keys are left.
        derived: names of columns that only say again what others say, such as a key to search by.
            They are no further facts, and as personal as what they are derived from.
        subject: whose data the rows are.
        client_path: lookup from a row to its client's key; "" when there is none.
        ends: how the rows end; None where they are nobody's and stay.
        counted: the fields by which rows are counted before they are erased (C46).
        consent_shown_by: the field by which a row shows the consent that it rests on (C20).
    """

    model: str
    personal: Mapping[str, Field] = field(default_factory=dict)
    entries: tuple[str, ...] = ()
    not_personal: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    subject: Subject = Subject.NOBODY
    client_path: str = ""
    ends: End | None = None
    counted: tuple[str, ...] = ()
    consent_shown_by: str = ""

    @property
    def fields(self) -> list[str]:
        """Every classified field, personal or not, as often as it was named."""
        parts = [part for field in self.personal.values() for part in field.parts]
        return [*self.personal, *parts, *self.entries, *self.not_personal, *self.derived]

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories of the personal fields; of a client's row without what is the staff's."""
        found = dict.fromkeys(field.category for field in self.personal.values())
        if self.subject is Subject.CLIENT:
            found.pop(Category.STAFF, None)
        return tuple(found)

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

    def legal_bases(self, category: Category) -> tuple[LegalBasis, ...]:
        """Return on what the category rests: what the owner states, else the terms (O11, O19)."""
        stated = register_settings.LEGAL_BASES.get(category.value)
        return tuple(map(LegalBasis, stated)) if stated else self.terms(category).legal_bases

    def purposes(self, declaration: Declaration) -> tuple[Purpose, ...]:
        """Return for what the model's personal data may be used: what the notice says (C19)."""
        return tuple(
            dict.fromkeys(
                purpose
                for category in declaration.categories
                for purpose in self.terms(category).purposes
            )
        )

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
        parts: tuple[str, ...] = (),
    ) -> Field:
        """Classify a field as personal, on its category's terms. KeyError when it has none."""
        self.terms(category)
        return Field(category=category, recipients=tuple(recipients), clauses=clauses, parts=parts)

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
        return [
            declaration
            for declaration in self
            if isinstance(declaration.ends, WithUnit) and declaration.ends.unit is unit
        ]

    def erased_with_account(self) -> list[tuple[Declaration, str]]:
        """(declaration, path) of models whose rows are erased after an account was closed."""
        return [(found, found.ends.path) for found in self if isinstance(found.ends, WithAccount)]

    def with_clock(self) -> list[tuple[str, Clock]]:
        """(model, clock) of every model whose rows are erased after a period of their own."""
        return [(found.model, found.ends) for found in self if isinstance(found.ends, Clock)]

    def with_the_log(self) -> list[str]:
        """The models whose rows are erased in segments of the log of use (O8)."""
        return [found.model for found in self if isinstance(found.ends, WithTheLog)]

    def awaited(self) -> list[OwnPeriod]:
        """Return the owner's periods by which nothing is erased yet (O8)."""
        ends = [declaration.ends for declaration in self]
        erased_by = Clock | WithAccount | NamesAccount | WithTheLog
        kept = {end.kept_for for end in ends if isinstance(end, erased_by)}
        awaited = {end.kept_for for end in ends if isinstance(end, Awaited)}
        return [period for period in OwnPeriod if period in awaited or period not in kept]

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

    def parts(self, recipient: Recipient) -> list[str]:
        """The fields that the recipient gets as parts of those on the allow-list (B07)."""
        return [
            part
            for model, name in self.allow_list(recipient)
            for part in self[model].personal[name].parts
        ]


inventory = Inventory()
