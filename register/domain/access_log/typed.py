"""What people type, checked by walking the row: no field has to be told, and none is forgotten.

A model's own validators say what its field means; these rules hold for every text and every day,
whatever it is about. Each way to save a row that people fill in goes through here.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import CharField, DateField, DateTimeField, Model, TextField
from phonenumber_field.modelfields import PhoneNumberField

from register.db.encryption import Unreadable, encrypted_attributes
from register.text.page_fields import StreamField
from register.text.validators import (
    SAYS_NOTHING,
    TOO_LONG,
    text_rules,
    validate_no_identity_code,
    validate_plausible_day,
)


@dataclass(frozen=True, slots=True)
class FreeText:
    """A text of a model that people type.

    Attributes:
        name: the attribute that reads as plain text.
        column: the field that holds it.
        one_line: whether it has no line breaks.
        required: whether it can't be left out.
        longest: how many characters it may have, where that is said.
    """

    name: str
    column: str
    one_line: bool
    required: bool
    longest: int | None

    def refuse_unwanted(self, value: str) -> None:
        """Raise ValidationError with all that is wrong with the text."""
        rules: list[Any] = [*text_rules(one_line=self.one_line, required=self.required)]
        if self.longest is not None:
            rules.append(MaxLengthValidator(self.longest, message=TOO_LONG))
        run_all(rules, value)


def run_all(rules: Collection[Any], value: Any) -> None:
    complaints: list[ValidationError] = []
    for rule in rules:
        try:
            rule(value)
        except ValidationError as error:
            complaints.append(error)
    if complaints:
        raise ValidationError(complaints)


def free_texts(model: type[Model]) -> Iterator[FreeText]:
    """Yield the texts of the model that people type, those that are stored encrypted included."""
    sealed = {attribute.column: attribute for attribute in encrypted_attributes(model)}
    for field in model._meta.concrete_fields:
        if field.name in sealed:
            attribute = sealed[field.name]
            yield FreeText(attribute.name, field.name, False, not field.blank, attribute.max_length)
        elif (
            isinstance(field, CharField | TextField)
            and not isinstance(field, PhoneNumberField)
            and not field.choices
            and field.editable
        ):
            one_line = isinstance(field, CharField)
            yield FreeText(field.name, field.name, one_line, not field.blank, field.max_length)


def refuse_identity_codes(page: Model) -> None:
    """Check all texts of a page, rich ones and those in blocks too. ValidationError by field."""
    complaints: dict[str, list[ValidationError]] = {}
    for field in page._meta.concrete_fields:
        if not field.editable:
            continue
        for text in _texts_in(field, page):
            _note(complaints, field.name, validate_no_identity_code, text)
    if complaints:
        raise ValidationError(complaints)


def _texts_in(field: Any, page: Model) -> Iterable[str]:
    if isinstance(field, StreamField):
        return field.typed_texts(page)
    return [field.value_to_string(page)]


def refuse_unwanted(row: Model, columns: Collection[str]) -> None:
    """Check the row's texts and days in these columns.

    Raises ValidationError by field: a whole row of a table, a personal identity code, a text
    that says nothing, one that is too long, a day of a year that can't be meant. The messages
    repeat nothing of what was typed.
    """
    complaints: dict[str, list[ValidationError]] = {}
    for text in free_texts(type(row)):
        if text.column not in columns:
            continue
        value = getattr(row, text.name)
        # Django asks for what is required of the columns that it shows, and of no sealed one.
        if text.required and text.name != text.column and not getattr(row, text.column):
            complaints[text.name] = [ValidationError(SAYS_NOTHING, code="says_nothing")]
        if value and not isinstance(value, Unreadable):
            _note(complaints, text.name, text.refuse_unwanted, value)
    for field in row._meta.concrete_fields:
        if field.name in columns and field.editable and _is_day(field):
            value = getattr(row, field.attname)
            if value is not None:
                _note(complaints, field.name, validate_plausible_day, value)
    if complaints:
        raise ValidationError(complaints)


def _is_day(field: Any) -> bool:
    return isinstance(field, DateField) and not isinstance(field, DateTimeField)


def _note(complaints: dict[str, list[ValidationError]], name: str, check: Any, value: Any) -> None:
    try:
        check(value)
    except ValidationError as error:
        complaints.setdefault(name, []).extend(error.error_list)
