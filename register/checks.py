"""The design's conventions as system checks: what is forgotten fails `manage.py check`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.db.models import Model

from .conf import register_settings
from .exporters.billing_file import is_as_promised, personal_columns
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


@register("register")
def every_screen_uses_the_base(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """No register model is shown by a screen that bypasses the base ModelAdmin, or as a snippet."""
    from wagtail import hooks
    from wagtail.snippets.models import get_snippet_models
    from wagtail_modeladmin.options import ModelAdmin

    from .wagtail_admin.base import RegisterModelAdmin

    # A registration leaves nothing behind but a hook that closes over the instance.
    registered = [
        cell.cell_contents
        for hook in hooks.get_hooks("register_admin_urls")
        for cell in getattr(hook, "__closure__", None) or ()
        if isinstance(cell.cell_contents, ModelAdmin)
    ]
    bypassing: list[CheckMessage] = [
        Error(
            f"{type(admin).__name__} must be a RegisterModelAdmin.",
            obj=admin.model,
            id="register.E005",
        )
        for admin in registered
        if admin.model._meta.app_label == "register" and not isinstance(admin, RegisterModelAdmin)
    ]
    return bypassing + [
        Error(f"{model._meta.label} must not be a snippet.", obj=model, id="register.E004")
        for model in get_snippet_models()
        if model._meta.app_label == "register"
    ]


@register("register")
def the_billing_file_is_as_promised(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The finance provider gets name, e-mail address and billed service, and no fourth (C25)."""
    if is_as_promised():
        return []
    return [
        Error(
            f"The finance provider would get: {', '.join(personal_columns())}.",
            hint="The notice promises exactly name, e-mail address and billed service (C25).",
            id="register.E020",
        )
    ]


@register("register")
def private_files_are_not_served(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Export files and the ledger lie outside every folder that the web server shows (C29)."""
    private = Path(register_settings.PRIVATE_DIR).resolve()
    served = (settings.MEDIA_ROOT, settings.STATIC_ROOT)
    return [
        Error(
            "PRIVATE_DIR lies inside a folder that is served, or holds one.",
            hint="Put it beside MEDIA_ROOT and STATIC_ROOT, never into them.",
            id="register.E021",
        )
        for folder in (Path(folder).resolve() for folder in served if folder)
        if private.is_relative_to(folder) or folder.is_relative_to(private)
    ]
