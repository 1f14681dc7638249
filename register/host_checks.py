"""What the register needs of the project that it is installed into: unmet, it is said at start."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections
from django.db.models import Model
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.module_loading import import_string

from register import conf
from register.access import second_factor
from register.access.backend import StaffBackend

ACCOUNT_FIELDS = ("username", "first_name", "last_name", "email")
MIDDLEWARE = {
    "register.healthz.healthz": "no monitor is told when something is wrong",
    "register.standstill.standstill": "a restored database is served, with people who were erased",
    "register.access.sessions.end_in_time": "no session of the staff ends when nobody is there",
    "register.access.second_factor.ask_for_it": "a log-in goes without its second factor",
    "register.access.standing.remember_access": "each screen asks for the same rights many times",
}


@register("register")
def the_rest_is_as_assumed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn a host project whose other settings are not those that the register was written for."""
    return [
        Warning(
            f"{name} is not {assumption.value!r}: {assumption.why}.",
            hint=f"Put {name} = {assumption.value!r} into the settings.",
            id="register.W031",
        )
        for name, assumption in conf.differing()
    ]


@register("register")
def every_log_in_asks_for_suspension(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Whoever has been suspended gets in by no door: every backend is a StaffBackend (C34)."""
    return [
        Error(
            f"{name} lets suspended accounts log in.",
            hint="Put register.access.backend.StaffBackend in its place, or derive it from that.",
            id="register.E008",
        )
        for name in settings.AUTHENTICATION_BACKENDS
        if not issubclass(import_string(name), StaffBackend)
    ]


@register("register")
def accounts_have_what_is_shown(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The log of use tells who did what by these fields of an account."""
    return accounts_lack(get_user_model())


def accounts_lack(users: type[Model]) -> list[CheckMessage]:
    """Return an error when accounts are of a kind that the register can't name."""
    names = {field.name for field in users._meta.get_fields()}
    lacking = [name for name in ACCOUNT_FIELDS if name not in names]
    if not lacking:
        return []
    return [
        Error(
            f"{users._meta.label} has no {', '.join(lacking)}.",
            hint="Use a user model that is derived from django.contrib.auth.models.AbstractUser.",
            obj=users,
            id="register.E009",
        )
    ]


@register("register")
def values_travel_beside_the_statements(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Inside a statement, a name would stand in PostgreSQL's log when it is cancelled (C38)."""
    return [
        Error(
            f"DATABASES[{alias!r}] puts values into statements, which the server's log can quote.",
            hint="Set its OPTIONS to register.db.connection.POSTGRESQL (docs/plugin.md).",
            id="register.E011",
        )
        for alias, database in settings.DATABASES.items()
        if database["ENGINE"] == "django.db.backends.postgresql"
        and not database.get("OPTIONS", {}).get("server_side_binding")
    ]


@register("register")
def what_sqlite_erases_is_overwritten(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """In an SQLite file, erased values would stay until other rows take their place (R12)."""
    return [
        Error(
            f"DATABASES[{alias!r}] keeps what is erased, or does not let writers queue.",
            hint="Set its OPTIONS to register.db.connection.SQLITE (docs/plugin.md).",
            id="register.E010",
        )
        for alias, database in settings.DATABASES.items()
        if database["ENGINE"] == "django.db.backends.sqlite3"
        and not is_fit_sqlite(database.get("OPTIONS", {}))
    ]


def is_fit_sqlite(options: Mapping[str, Any]) -> bool:
    pragmas = str(options.get("init_command", "")).lower().replace(" ", "")
    return options.get("transaction_mode") == "IMMEDIATE" and "secure_delete=on" in pragmas


@register("register")
def the_middleware_is_there(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn a host project that leaves a middleware of the register out."""
    return [
        Warning(f"{name} is not among MIDDLEWARE: {why}.", id="register.W032")
        for name, why in MIDDLEWARE.items()
        if name not in settings.MIDDLEWARE
    ]


@register(Tags.database, deploy=True)
def nobody_stands_above_the_roles(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse an active superuser in production: Wagtail asks that account nothing (C33)."""
    users = get_user_model()
    if "default" not in (databases or []):
        return []
    if users._meta.db_table not in connections["default"].introspection.table_names():
        return []
    if not users._default_manager.filter(is_superuser=True, is_active=True).exists():
        return []
    return [
        Error(
            "There are accounts that may do everything.",
            hint="Take is_superuser from each, in manage.py shell; the roles suffice.",
            id="register.E012",
        )
    ]


@register("register", deploy=True)
def every_log_in_takes_a_second_factor(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """In production a password alone opens nothing (C36)."""
    missing = "register.access.second_factor.ask_for_it" not in settings.MIDDLEWARE
    if second_factor.is_required() and not missing:
        return []
    return [
        Error(
            "A log-in of the staff takes no second factor.",
            hint=(
                'Put "SECOND_FACTOR_REQUIRED": True into REGISTER, and '
                "register.access.second_factor.ask_for_it into MIDDLEWARE."
            ),
            id="register.E013",
        )
    ]


@register("register")
def there_is_one_door(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Wagtail's own log-in asks for no second factor (C36)."""
    try:
        found = resolve(reverse("wagtailadmin_login"))
    except NoReverseMatch:
        return []
    if found.url_name == second_factor.DOOR:
        return []
    return [
        Error(
            "Wagtail's own log-in is in use.",
            hint="Include register.admin_urls before wagtail.admin.urls, under the same prefix.",
            id="register.E014",
        )
    ]
