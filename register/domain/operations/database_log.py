"""Whether PostgreSQL's own log can name people (C38).

Its lines are no text of ours: an error's message, its DETAIL ("Failing row contains (…)"), the
statement with its values, a deadlock's statements. Only a superuser sets what it writes, for the
server or for the database; anybody may read it.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from register.domain.operations.finding import Finding, well_if

# What is less severe than LOG, an error among it, is not written.
ABOVE_ERRORS = ("log", "fatal", "panic")
# Each setting with the values under which no line tells a value, as `pg_settings` shows them.
QUIET: Mapping[str, tuple[str, ...]] = {
    # "invalid input syntax for type integer: …" quotes what was given in the message itself.
    "log_min_messages": ABOVE_ERRORS,
    # The statement, into which psql writes values. A wait for a lock has it too, and is no error.
    "log_min_error_statement": ("panic",),
    # Without DETAIL and CONTEXT, where rows are. CSV and JSON logs have them all the same.
    "log_error_verbosity": ("terse",),
    # The values of our own statements, which travel beside them.
    "log_parameter_max_length": ("0",),
    "log_parameter_max_length_on_error": ("0",),
    "log_statement": ("none", "ddl"),
    "log_min_duration_statement": ("-1",),
    "log_min_duration_sample": ("-1",),
    "log_transaction_sample_rate": ("0",),
    # Plans quote the values that they were made for.
    "debug_print_parse": ("off",),
    "debug_print_rewritten": ("off",),
    "debug_print_plan": ("off",),
    "auto_explain.log_min_duration": ("-1",),
}


def telling() -> list[str]:
    """Return by name the live settings under which PostgreSQL's log tells values, sorted.

    Those of this connection: what the server, the database and the role say together.
    """
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(QUIET)])
        return sorted(name for name, value in cursor.fetchall() if value not in QUIET[name])


def look(now: datetime) -> Finding:
    """No name is written where the register doesn't erase (R12)."""
    found = telling()
    return Finding(
        well_if(not found), len(found), 0, _("PostgreSQL's own log can name people."), tuple(found)
    )
