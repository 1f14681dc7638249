"""The design's conventions as system checks: what is forgotten fails `manage.py check`."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db.models import Model

from .inventory import inventory


@register("register")
def every_field_is_classified(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every model of every installed app is in the inventory, ours field by field (C23)."""
    return [problem for model in apps.get_models() for problem in unclassified(model)]


def unclassified(model: type[Model]) -> Iterator[CheckMessage]:
    """Yield an error for a model, or each field of it, that nobody classified."""
    label = model._meta.label
    if label not in inventory:
        yield Error(
            f"{label} is not in the inventory.",
            hint="Declare its fields (declarations.py) or name it in register/companions.py.",
            obj=model,
            id="register.E001",
        )
        return
    if label in {declaration.model for declaration in inventory}:
        declared = set(inventory[label].fields)
        actual = {field.name for field in model._meta.local_fields + model._meta.local_many_to_many}
        for name in sorted(actual - declared):
            yield Error(f"{label}.{name} is not classified.", obj=model, id="register.E002")
        for name in sorted(declared - actual):
            yield Error(f"{label}.{name} is classified but gone.", obj=model, id="register.E003")
