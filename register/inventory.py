"""The inventory: every field of every model, classified once. Everything else is derived.

The notice, the record of processing, the summary, the erasure engine, the billing file's
allow-list and the access log's references all read it; none of them repeats it.

Each app declares its own models (`<app>/declarations.py`); `register/companions.py` lists the
third-party models. `manage.py check` fails on a model or field that nobody declared.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from .enums import AtEnd, Category, ErasedWith, LegalBasis, Purpose, Recipient, Subject


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What all fields of a category share."""

    purposes: tuple[Purpose, ...]
    legal_basis: LegalBasis
    at_end: AtEnd


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """The classification of one field; `terms` is None when it is not personal."""

    category: Category | None = None
    terms: Terms | None = None
    recipients: tuple[Recipient, ...] = ()
    clauses: tuple[str, ...] = ()

    @property
    def personal(self) -> bool:
        return self.terms is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Declaration:
    """The classification of a model.

    Attributes:
        model: label, such as "register.Client".
        subject: whose data the rows are.
        client_path: lookup from a row to its client's key; "" when there is none.
        erased_with: the unit the rows leave with; None when they have a clock of their own.
        unit_path: lookup from a row to that unit's key.
    """

    model: str
    fields: Mapping[str, Field]
    subject: Subject = Subject.NOBODY
    client_path: str = ""
    erased_with: ErasedWith | None = None
    unit_path: str = ""

    @property
    def personal_fields(self) -> dict[str, Field]:
        return {name: field for name, field in self.fields.items() if field.personal}


@dataclass(frozen=True, kw_only=True, slots=True)
class Companion:
    """A third-party model, classified as a whole.

    Attributes:
        subject: whose data its rows may hold.
        purged_by: how that data leaves; "" when it holds none.
    """

    model: str
    subject: Subject = Subject.NOBODY
    purged_by: str = ""


class Inventory:
    """All declarations of the installed apps."""

    def __init__(self) -> None:
        self._terms: dict[Category, Terms] = {}
        self._declarations: dict[str, Declaration] = {}
        self._companions: dict[str, Companion] = {}

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

    def declare_companions(
        self, *models: str, subject: Subject = Subject.NOBODY, purged_by: str = ""
    ) -> None:
        """Register third-party models that are treated alike."""
        for model in models:
            self._companions[model] = Companion(model=model, subject=subject, purged_by=purged_by)

    def personal(
        self,
        category: Category,
        *clauses: str,
        recipients: Iterable[Recipient] = (),
    ) -> Field:
        """Classify a field as personal, on its category's terms."""
        return Field(
            category=category,
            terms=self.terms(category),
            recipients=tuple(recipients),
            clauses=clauses,
        )

    def plain(self, *clauses: str) -> Field:
        """Classify a field as not personal by itself (keys, the system's dates, reference data)."""
        return Field(clauses=clauses)

    def __iter__(self) -> Iterator[Declaration]:
        return iter(self._declarations.values())

    def __contains__(self, model: str) -> bool:
        return model in self._declarations or model in self._companions

    def __getitem__(self, model: str) -> Declaration:
        return self._declarations[model]

    def companions(self) -> Iterator[Companion]:
        return iter(self._companions.values())

    def of(self, subject: Subject) -> list[Declaration]:
        """Declarations of models that hold this subject's data, in the order declared."""
        return [declaration for declaration in self if declaration.subject is subject]

    def erased_with(self, unit: ErasedWith) -> list[Declaration]:
        """Declarations of models whose rows leave with the unit, in the order declared."""
        return [declaration for declaration in self if declaration.erased_with is unit]

    def in_category(self, category: Category) -> list[tuple[Declaration, str, Field]]:
        """Every personal field of the category: (declaration, field name, classification)."""
        return [
            (declaration, name, field)
            for declaration in self
            for name, field in declaration.personal_fields.items()
            if field.category is category
        ]

    def allow_list(self, recipient: Recipient) -> list[tuple[str, str]]:
        """(model, field) of every personal field that the recipient may get (C25)."""
        return [
            (declaration.model, name)
            for declaration in self
            for name, field in declaration.personal_fields.items()
            if recipient in field.recipients
        ]


inventory = Inventory()
