"""System checks of this site, beside those of the register."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from futuuri_site.demo import refuse_demo_logins


@register(Tags.database)
def no_demo_logins(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Refuse a database with public passwords in `migrate` and `check --database default`."""
    table = get_user_model()._meta.db_table
    if "default" not in (databases or []):
        return []
    if table not in connections["default"].introspection.table_names():
        return []
    try:
        refuse_demo_logins()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="futuuri_site.E001")]
    return []
