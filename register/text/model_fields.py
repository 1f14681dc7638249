"""Fields of models whose text is stored in its one form, whatever way it comes.

A form, a verb, `create`, `bulk_create`, `update` and a comparison in a query: all of them pass
`get_prep_value`, and whoever saves finds the stored text in the instance. To the database each
is its Django counterpart, which is what migrations say.
"""

from collections.abc import Callable
from typing import Any

from django.db import models

from register.text import form_fields
from register.text.identifiers import normalise_business_id
from register.text.normal_form import lines, one_line
from register.text.scripts import validate_one_script
from register.text.validators import validate_printable
from register.text.websites import bare_host, validate_host


class InOneForm(models.Field):  # type: ignore[type-arg]
    """What the fields share: `normal` gives the text its form, `form_class` is asked in forms."""

    normal: Callable[[str], str] = staticmethod(lines)
    form_class: type[form_fields.InOneForm] = form_fields.Lines

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return self.normal(text) if isinstance(text, str) else text

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = self.to_python(value)
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": self.form_class, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, as_django_calls(type(self)), args, kwargs


def as_django_calls(field: "type[models.Field[Any, Any]]") -> str:
    """Return the path of the first class behind a field that is not the register's own."""
    (kind, *_) = (each for each in field.__mro__ if not each.__module__.startswith("register."))
    packages = kind.__module__.split(".")
    # Django deconstructs its own fields to where they are imported from.
    return f"{'django.db.models' if packages[0] == 'django' else kind.__module__}.{kind.__name__}"


class LinesField(InOneForm, models.TextField):  # type: ignore[type-arg]
    """A text of several lines."""

    default_validators = [validate_printable]


class LineField(InOneForm, models.CharField):  # type: ignore[type-arg]
    """A text of one line."""

    normal = staticmethod(one_line)
    form_class = form_fields.Line
    default_validators = [validate_printable]


class NameField(LineField):
    """The name of a person."""

    default_validators = [*LineField.default_validators, validate_one_script]


class EmailField(InOneForm, models.EmailField):  # type: ignore[type-arg]
    """An e-mail address."""

    normal = staticmethod(one_line)
    form_class = form_fields.Email
    default_validators = [
        *models.EmailField.default_validators,
        validate_printable,
        validate_one_script,
    ]


class BusinessIdField(LineField):
    """A Finnish business ID, stored as 1234567-1 however it is written (C07)."""

    normal = staticmethod(normalise_business_id)
    form_class = form_fields.BusinessId


class HostField(LineField):
    """The host of a website, stored bare whatever address it is pasted as (C08)."""

    normal = staticmethod(bare_host)
    form_class = form_fields.Host
    default_validators = [*LineField.default_validators, validate_host]


def in_one_form(model: type[models.Model], name: str) -> InOneForm:
    """Return the counterpart of a field that somebody else's abstract model has."""
    field = model._meta.get_field(name)
    _name, _path, args, kwargs = field.deconstruct()  # type: ignore[union-attr]
    kind = LinesField if isinstance(field, models.TextField) else LineField
    return kind(*args, **kwargs)
