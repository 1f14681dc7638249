"""The design's conventions as system checks: what is forgotten fails `manage.py check`."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.models import Model
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone

from register import conf
from register.conf import register_settings
from register.db.versioned import Versioned, VersionedQuerySet
from register.domain.access_log import protection
from register.domain.operations import conditions, planner_statistics, system_checks
from register.domain.operations.finding import Level
from register.exporters.billing_file import is_as_promised, personal_columns
from register.inventory.registry import inventory
from register.setting_values import is_absolute_path


@register("register")
def every_field_is_classified(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every model of every installed app is in the inventory, ours field by field (C23).

    Strict for the register's own apps and the companions that it knows; of a model of the host
    project's own the host says whose data it holds.
    """
    return [problem for model in apps.get_models() for problem in unclassified(model)]


def unclassified(model: type[Model]) -> Iterator[CheckMessage]:
    """Yield an error for a model, or each field of it, that nobody classified."""
    label = model._meta.label
    if label not in inventory:
        if inventory.knows_app(model._meta.app_label):
            yield Error(
                f"{label} is not in the inventory.",
                hint="Declare its fields, or name it in third_party.py (register/inventory/).",
                obj=model,
                id="register.E001",
            )
        elif not conf.classified(label):
            yield Warning(
                f"Nobody has said whose data {label} holds.",
                hint='Name it, or its app, in REGISTER["OTHER_MODELS"] (docs/plugin.md).',
                obj=model,
                id="register.W001",
            )
        return
    if inventory.declares(label):
        declared = set(inventory[label].fields)
        actual = {field.name for field in model._meta.local_fields + model._meta.local_many_to_many}
        for name in sorted(actual - declared):
            yield Error(f"{label}.{name} is not classified.", obj=model, id="register.E002")
        for name in sorted(declared - actual):
            yield Error(f"{label}.{name} is classified but gone.", obj=model, id="register.E003")


@register("register")
def every_screen_uses_the_base(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """No register model is shown by a screen that bypasses the base ModelAdmin, or as a snippet."""
    from wagtail.snippets.models import get_snippet_models

    from register.wagtail_admin.base import RegisterModelAdmin

    bypassing: list[CheckMessage] = [
        Error(
            f"{type(admin).__name__} must be a RegisterModelAdmin.",
            obj=admin.model,
            id="register.E005",
        )
        for admin in registered_screens()
        if admin.model._meta.app_label == "register" and not isinstance(admin, RegisterModelAdmin)
    ]
    return bypassing + [
        Error(f"{model._meta.label} must not be a snippet.", obj=model, id="register.E004")
        for model in get_snippet_models()
        if model._meta.app_label == "register"
    ]


def registered_screens() -> list[Any]:
    """Return every registered ModelAdmin."""
    from wagtail import hooks
    from wagtail_modeladmin.options import ModelAdmin

    # A registration leaves nothing behind but a hook that closes over the instance.
    return [
        cell.cell_contents
        for hook in hooks.get_hooks("register_admin_urls")
        for cell in getattr(hook, "__closure__", None) or ()
        if isinstance(cell.cell_contents, ModelAdmin)
    ]


@register("register")
def the_account_page_is_ours(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """On Wagtail's own, each person changes the name under which the log of use tells of them."""
    from register.admin_urls import account

    try:
        found = resolve(reverse("wagtailadmin_account")).func
    except NoReverseMatch:
        return []
    if found is account:
        return []
    return [
        Error(
            "Wagtail's own account page is in use.",
            hint="Include register.admin_urls before wagtail.admin.urls, under the same prefix.",
            id="register.E007",
        )
    ]


@register("register")
def every_version_is_raised(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A row's version is raised by bulk statements too, or a stale page would overwrite them."""
    return [
        Error(
            f"{model._meta.label} needs a VersionedQuerySet as its default manager.",
            obj=model,
            id="register.E006",
        )
        for model in apps.get_models()
        if issubclass(model, Versioned)
        and not isinstance(model._default_manager.all(), VersionedQuerySet)
    ]


@register("register")
def the_billing_file_is_as_promised(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The finance provider gets name, e-mail address, billed service, and no fourth (C25, B03)."""
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
def the_settings_fit(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Each entry of REGISTER can be used, and none is misspelt."""
    return [Error(problem, id="register.E030") for problem in conf.problems()]


@register("register")
def private_files_are_not_served(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Export files, ledger and backups lie outside every folder that is served (C29)."""
    apart = {name: getattr(register_settings, name) for name in ("PRIVATE_DIR", "BACKUP_DIR")}
    apart |= {name: getattr(settings, name) for name in ("MEDIA_ROOT", "STATIC_ROOT")}
    folders = {
        name: Path(folder).resolve()
        for name, folder in apart.items()
        if folder and is_absolute_path(folder)  # what is none is refused above
    }
    return [
        Error(
            f"{name} and {other} lie one inside the other.",
            hint=f"Put {name} beside {other}, never into it.",
            id="register.E021",
        )
        for name, other in combinations(folders, 2)
        if (name, other) != ("MEDIA_ROOT", "STATIC_ROOT")
        and (
            folders[name].is_relative_to(folders[other])
            or folders[other].is_relative_to(folders[name])
        )
    ]


@register("register", deploy=True)
def the_installation_is_well(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What `manage.py doctor` tells, as far as it asks neither database nor network."""
    now = timezone.now()
    found = (
        (each, finding)
        for each in conditions.CONDITIONS.values()
        if each.in_checks and (finding := each.look(now)).level is Level.WRONG
    )
    return [
        Error(
            ": ".join((str(each.title), finding.told, *finding.details)),
            hint=str(each.mend),
            id=system_checks.OWN,
        )
        for each, finding in found
    ]


@register(Tags.database)
def no_planner_remembers_people(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """PostgreSQL keeps no samples of personal columns, where erased names would live on (R12)."""
    return [
        Error(
            f"PostgreSQL keeps statistics of {column}, and with them values that were erased.",
            hint=(
                "A column that is new: call `forget` of register.domain.operations."
                "planner_statistics in its migration. One that was changed by hand: "
                "ALTER TABLE … ALTER COLUMN … SET STATISTICS 0, then … TYPE with its own type."
            ),
            id="register.E040",
        )
        for alias in databases or []
        # Until it is migrated, which runs this check first, the database is as it was before.
        if is_migrated(alias)
        for column in planner_statistics.remembered(connections[alias])
    ]


@register(Tags.database)
def the_log_of_use_is_protected(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The database refuses to change the log of use; SQLite forgets that in a rebuilt table."""
    return [
        Error(
            f"The trigger {name} is missing, or is not the one that it should be.",
            hint=(
                "A migration that changes the table: call `put_up` of register.domain.access_log."
                "protection at its end. Otherwise somebody has removed it: look at the log first, "
                "with manage.py verify_access_log."
            ),
            id="register.E041",
        )
        for alias in databases or []
        if is_migrated(alias)
        for name in protection.missing(connections[alias])
    ]


def is_migrated(alias: str) -> bool:
    """Whether all migrations of the register have been applied to the database."""
    loader = MigrationLoader(connections[alias])
    return all(leaf in loader.applied_migrations for leaf in loader.graph.leaf_nodes("register"))
