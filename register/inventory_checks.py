"""What the inventory declares is what engine, gate and exporter do: else `manage.py check` fails.

The notice prints the declarations. Most of them the software reads itself; here is compared what
it can't read: a row that can't be erased as declared, a purpose that nobody named.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import FieldError
from django.db.models import DateField, Model

from register.access.rules import RULES, Rule
from register.conf import register_settings
from register.domain.erasure import engine
from register.inventory import (
    AfterTheYear,
    Clock,
    Declaration,
    Voucher,
    WithAccount,
    WithTheLog,
    WithUnit,
    inventory,
)
from register.inventory.vocabulary import ErasureUnit, LegalBasis, Purpose, Subject
from register.models import Note, ServiceOrder, StaffMember, StatisticTally
from register.models.orders import NoteBasis
from register.setting_values import are_bases

# Of a row about a client nothing else is nobody's: its key, its version, and what it refers to.
VERSION = "version"
# An order is erased while its client may stay for another one.
LATER = (ErasureUnit.CLIENT, ErasureUnit.ORDER)


@register("register")
def everything_ends_as_declared(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each personal row has an end, and the engine can do what is declared (Art. 13(2)(a), C44)."""
    return [
        Error(f"{declaration.model}: {problem}.", id="register.E022")
        for declaration, model in _installed()
        for problem in _wrong_end(declaration, model)
    ]


@register("register")
def nothing_of_a_client_is_called_nobodys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What stands in a row about a client is told of, if only by a collective word (C23)."""
    return [
        Error(
            f"{declaration.model}.{name} belongs to a client and is declared as nobody's.",
            hint="Declare it as personal, or among the entries, which the notice names together.",
            id="register.E023",
        )
        for declaration, model in _installed()
        if declaration.subject is Subject.CLIENT
        for name in declaration.not_personal
        if not _is_key(model, name)
    ]


@register("register")
def each_purpose_of_the_gate_is_declared(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What the gate uses data about clients for is what the notice names (C19)."""
    return [
        Error(
            f"The gate uses {model._meta.label} for {purpose.value}, which is not declared.",
            hint="Name it among the purposes of its category (register/inventory/terms.py).",
            id="register.E024",
        )
        for model, rule in RULES.items()
        if inventory.declares(model._meta.label)
        and inventory[model._meta.label].subject is Subject.CLIENT
        for purpose in _purposes(rule)
        if purpose not in inventory.purposes(inventory[model._meta.label])
    ]


@register("register")
def consent_is_shown(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What rests on consent shows it in each row, and a row states no other basis (C20, O11)."""
    if not are_bases(register_settings.LEGAL_BASES):
        return []  # what can't be used is refused as such
    problems: list[CheckMessage] = [
        Error(
            f"{declaration.model} rests on consent, and nothing in it shows that it was given.",
            hint='Name the field in consent_shown_by, or another basis in REGISTER["LEGAL_BASES"].',
            id="register.E025",
        )
        for declaration, _model in _installed()
        if declaration.subject is Subject.CLIENT and not declaration.consent_shown_by
        for category in declaration.categories
        if LegalBasis.CONSENT in inventory.legal_bases(category)
    ]
    stated = {basis.legal_basis for basis in NoteBasis}
    for category in inventory[Note._meta.label].categories:
        if set(inventory.legal_bases(category)) != stated:
            problems.append(
                Error(
                    f"Notes state {', '.join(sorted(stated))}; declared is another basis.",
                    id="register.E025",
                )
            )
    return problems


def _installed() -> Iterator[tuple[Declaration, type[Model]]]:
    for declaration in inventory:
        try:
            yield declaration, apps.get_model(declaration.model)
        except LookupError:
            continue


def _is_key(model: type[Model], name: str) -> bool:
    field = model._meta.get_field(name)
    return name == VERSION or field.is_relation or getattr(field, "primary_key", False)


def _purposes(rule: Rule) -> list[Purpose]:
    """Return for what the roles of a rule use the data, as `purpose_of` of the gate decides."""
    if isinstance(rule.purpose, Purpose):
        return [rule.purpose]
    return [*(rule.purpose or {}).values(), Purpose.GUIDANCE, Purpose.RIGHTS]


def _wrong_end(declaration: Declaration, model: type[Model]) -> Iterator[str]:
    ends, fields = declaration.ends, model._meta.concrete_fields
    if declaration.personal and ends is None:
        yield "nothing is declared to end its rows"
    match ends:
        case WithUnit():
            yield from _wrong_path(model, ends.path, to=engine.UNITS[ends.unit])
        case WithAccount():
            yield from _wrong_path(model, ends.path, to=StaffMember)
        case AfterTheYear(field=field) | Voucher(field=field) | Clock(field=field):
            if not any(each.name == field and type(each) is DateField for each in fields):
                yield f"{field} is no day to count from"
            if not isinstance(ends, Clock) and model not in engine.LISTED:
                yield "no step of the retention run erases it by a day of its own"
    if (model in engine.OF_THE_LOG) != isinstance(ends, WithTheLog):
        yield "what the log's own clock erases, and nothing else, ends with the log"
    yield from _left_in_the_way(model, ends)
    if declaration.counted and declaration.counted != _counted_by(model):
        yield "it is not counted by these fields"


def _wrong_path(model: type[Model], path: str, *, to: type[Model]) -> Iterator[str]:
    try:
        leads_to = model._base_manager.values_list(path).query.output_field
    except FieldError:
        yield f"{path} leads nowhere"
        return
    target = getattr(leads_to, "target_field", leads_to)
    if target is not to._meta.pk:
        yield f"{path} does not lead to {to._meta.label}"


def _left_in_the_way(model: type[Model], ends: Any) -> Iterator[str]:
    """A row that refers to what is erased is erased with it, or the latter could not be."""
    for unit, of_unit in engine.UNITS.items():
        if model is of_unit and ends != WithUnit(unit, "pk"):
            yield f"it is what is erased as the {unit.value}"
    for field in model._meta.concrete_fields:
        before = _unit_of(field.related_model)
        if before is None or field.null or field.related_model is model:
            continue
        if not isinstance(ends, WithUnit) or (ends.unit, before) == LATER:
            yield f"{field.name} refers to what is erased before it"


def _unit_of(model: Any) -> ErasureUnit | None:
    """Return the unit with which the rows of a model are erased, if with any."""
    if model is None or not inventory.declares(model._meta.label):
        return None
    ends = inventory[model._meta.label].ends
    return ends.unit if isinstance(ends, WithUnit) else None


def _counted_by(model: type[Model]) -> tuple[str, ...]:
    if model is not ServiceOrder:
        return ()
    names = (field.name for field in StatisticTally._meta.concrete_fields)
    return tuple(name for name in names if name not in ("id", "year", "count"))
