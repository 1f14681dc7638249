"""Triggers by which the database itself keeps the log of use as it is (C38).

A row is sealed once. A sealed one is not changed or deleted, except that the key of a client and
its salt may be erased, together and for good. Seals are not changed at all. On SQLite a trigger
vanishes when a later migration rebuilds its table: that migration calls `put_up`, and a system
check tells when one forgot. The owner of the database can take them down, but not unseen: then a
changed row is found by its mark.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps as installed
from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

REFUSAL = "The log of use is never changed."
FUNCTION = "register_log_is_kept"
SEALING_OF_ENTRY = ("seal", "place", "mark", "salt", "commitment")
SEALING_OF_SUBJECT = ("salt", "commitment")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger before UPDATE or DELETE that refuses where the condition holds."""

    table: str
    event: str
    condition: str

    @property
    def name(self) -> str:
        return f"{self.table}_{self.event.lower()}_refused"


def triggers(connection: BaseDatabaseWrapper, apps: Apps = installed) -> Iterator[Trigger]:
    """Yield the triggers of the models that `apps` knows."""
    entry, subject, seal = (
        apps.get_model("register", name) for name in ("AccessLogEntry", "AccessLogSubject", "Seal")
    )
    same = "IS" if connection.vendor == "sqlite" else "IS NOT DISTINCT FROM"

    def kept(model: type[Model], *but: str) -> str:
        columns = sorted(str(field.column) for field in model._meta.local_concrete_fields)
        return " AND ".join(
            f'NEW."{column}" {same} OLD."{column}"' for column in columns if column not in but
        )

    sealed_now = f"OLD.seal IS NULL AND NEW.seal IS NOT NULL AND {kept(entry, *SEALING_OF_ENTRY)}"
    blanked = (
        "OLD.seal IS NOT NULL AND NEW.object_key = '' AND NEW.salt = '' AND "
        f"{kept(entry, 'object_key', 'salt')}"
    )
    table = entry._meta.db_table
    yield Trigger(table, "UPDATE", f"NOT (({sealed_now}) OR ({blanked}))")
    yield Trigger(table, "DELETE", "OLD.seal IS NOT NULL")

    sealed_now = (
        f"OLD.commitment = '' AND NEW.commitment <> '' AND {kept(subject, *SEALING_OF_SUBJECT)}"
    )
    blanked = (
        "OLD.commitment <> '' AND NEW.client IS NULL AND NEW.salt = '' AND "
        f"{kept(subject, 'client', 'salt')}"
    )
    table = subject._meta.db_table
    yield Trigger(table, "UPDATE", f"NOT (({sealed_now}) OR ({blanked}))")
    yield Trigger(table, "DELETE", "OLD.commitment <> ''")

    table = seal._meta.db_table
    yield Trigger(table, "UPDATE", "OLD.position IS NOT NULL")
    yield Trigger(table, "DELETE", "OLD.position IS NOT NULL")


def put_up(connection: BaseDatabaseWrapper, apps: Apps = installed) -> None:
    """Make the triggers, in place of those that are there."""
    take_down(connection, apps)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = '23000'; END $$"
            )
        for trigger in triggers(connection, apps):
            cursor.execute(_sql(trigger, connection))
            if connection.vendor == "postgresql":
                cursor.execute(
                    f'COMMENT ON TRIGGER "{trigger.name}" ON "{trigger.table}" '
                    f"IS '{_fingerprint(trigger, connection)}'"
                )


def take_down(connection: BaseDatabaseWrapper, apps: Apps = installed) -> None:
    """Remove the triggers."""
    with connection.cursor() as cursor:
        for trigger in triggers(connection, apps):
            place = f' ON "{trigger.table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"{place}')


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the triggers that are not there, are off, or are not as they must be."""
    if connection.vendor == "postgresql":
        ask = (
            "SELECT tgname, obj_description(oid, 'pg_trigger') FROM pg_trigger "
            "WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal"
        )
    else:
        ask = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(ask)
        found = dict(cursor.fetchall())
    return [
        trigger.name
        for trigger in triggers(connection)
        if found.get(trigger.name)
        not in {_sql(trigger, connection), _fingerprint(trigger, connection)}
    ]


def _sql(trigger: Trigger, connection: BaseDatabaseWrapper) -> str:
    begin = f'CREATE TRIGGER "{trigger.name}" BEFORE {trigger.event} ON "{trigger.table}"'
    if connection.vendor == "postgresql":
        return f"{begin} FOR EACH ROW WHEN ({trigger.condition}) EXECUTE FUNCTION {FUNCTION}()"
    return f"{begin} WHEN {trigger.condition} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"


def _fingerprint(trigger: Trigger, connection: BaseDatabaseWrapper) -> str:
    return hashlib.sha256(_sql(trigger, connection).encode()).hexdigest()
