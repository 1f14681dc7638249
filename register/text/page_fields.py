"""Wagtail's fields for pages, with every text inside in its one form."""

from collections.abc import Iterator
from typing import Any

from wagtail.fields import RichTextField as WagtailRichTextField
from wagtail.fields import StreamField as WagtailStreamField

from register.text.model_fields import InOneForm, as_django_calls
from register.text.normal_form import lines


class RichTextField(InOneForm, WagtailRichTextField):
    """Formatted text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class StreamField(WagtailStreamField):
    """Blocks, whose texts are put into their one form when they are stored, drafts included."""

    def get_prep_value(self, value: Any) -> Any:
        return inside(super().get_prep_value(value))

    def typed_texts(self, page: Any) -> Iterator[str]:
        """Yield each text that people wrote into the blocks of the page."""
        return typed_in(super().get_prep_value(getattr(page, self.attname)))

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, as_django_calls(type(self)), args, kwargs


def inside(value: Any) -> Any:
    """Return a value of JSON with each text in its one form; keys are names of the code."""
    if isinstance(value, str):
        return lines(value)
    if isinstance(value, dict):
        return {key: inside(each) for key, each in value.items()}
    return [inside(each) for each in value] if isinstance(value, list) else value


def typed_in(value: Any) -> Iterator[str]:
    """Yield the texts of a stream's JSON, without the blocks' types and ids.

    An id is random, and about one in eighty thousand looks like a personal identity code.
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        block = "type" in value and "value" in value
        for each in [value["value"]] if block else value.values():
            yield from typed_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from typed_in(each)
