"""Triggers by which the database itself keeps the log of use as it is (C38).

A row is sealed once. None is changed or deleted, sealed or not, except that the key of a client and
its salt may be erased, together and for good. Seals are not changed at all. What is deleted at the
end of its time is what a newer seal, signed and chained as all are, says was erased: whole segments
from the beginning on, their seals after their rows, and no seal of a restore. On SQLite a trigger
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
# By table: on PostgreSQL a trigger's condition can't ask other rows, so that its function does.
DELETING = "register_log_ends_{table}"
SEALING_OF_ENTRY = ("seal", "place", "mark", "salt", "commitment")
SEALING_OF_SUBJECT = ("salt", "commitment")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger before UPDATE or DELETE that refuses where the condition holds.

    Attributes:
        unless: what lets the row be deleted all the same; it asks other rows.
    """

    table: str
    event: str
    condition: str
    unless: str = ""

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
    entries, seals = entry._meta.db_table, seal._meta.db_table
    said_erased = (
        f"SELECT 1 FROM {seals} ending WHERE ending.kind = 'erased' AND ending.replaced >= "  # noqa: S608
    )
    yield Trigger(entries, "UPDATE", f"NOT (({sealed_now}) OR ({blanked}))")
    yield Trigger(entries, "DELETE", "OLD.id IS NOT NULL", f"EXISTS ({said_erased}OLD.seal)")

    sealed_now = (
        f"OLD.commitment = '' AND NEW.commitment <> '' AND {kept(subject, *SEALING_OF_SUBJECT)}"
    )
    blanked = (
        "OLD.commitment <> '' AND NEW.client IS NULL AND NEW.salt = '' AND "
        f"{kept(subject, 'client', 'salt')}"
    )
    table = subject._meta.db_table
    its_seal = f"(SELECT seal FROM {entries} WHERE id = OLD.entry)"  # noqa: S608
    yield Trigger(table, "UPDATE", f"NOT (({sealed_now}) OR ({blanked}))")
    yield Trigger(table, "DELETE", "OLD.id IS NOT NULL", f"EXISTS ({said_erased}{its_seal})")

    of_it = f"SELECT 1 FROM {entries} WHERE seal = OLD.position"  # noqa: S608
    yield Trigger(seals, "UPDATE", "OLD.position IS NOT NULL")
    yield Trigger(
        seals,
        "DELETE",
        "OLD.position IS NOT NULL",
        f"OLD.kind <> 'restore' AND EXISTS ({said_erased}OLD.position) AND NOT EXISTS ({of_it})",
    )


def put_up(connection: BaseDatabaseWrapper, apps: Apps = installed) -> None:
    """Make the triggers, in place of those that are there."""
    take_down(connection, apps)
    with connection.cursor() as cursor:
        for trigger in triggers(connection, apps):
            if connection.vendor == "postgresql":
                cursor.execute(_function(trigger))
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
            "SELECT tgname, obj_description(t.oid, 'pg_trigger') || ' ' || md5(prosrc) "
            "FROM pg_trigger t JOIN pg_proc p ON p.oid = tgfoid "
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
        if found.get(trigger.name) not in {_sql(trigger, connection), _found(trigger, connection)}
    ]


def _sql(trigger: Trigger, connection: BaseDatabaseWrapper) -> str:
    begin = f'CREATE TRIGGER "{trigger.name}" BEFORE {trigger.event} ON "{trigger.table}"'
    if connection.vendor == "postgresql":
        name = _name(trigger)
        return f"{begin} FOR EACH ROW WHEN ({trigger.condition}) EXECUTE FUNCTION {name}()"
    unless = f" AND NOT ({trigger.unless})" if trigger.unless else ""
    return f"{begin} WHEN {trigger.condition}{unless} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"


def _name(trigger: Trigger) -> str:
    """Return the name of the function that a trigger of PostgreSQL calls."""
    return DELETING.format(table=trigger.table) if trigger.unless else FUNCTION


def _body(trigger: Trigger) -> str:
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = '23000';"
    if not trigger.unless:
        return f" BEGIN {refuse} END "
    return f" BEGIN IF {trigger.unless} THEN RETURN OLD; END IF; {refuse} END "


def _function(trigger: Trigger) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {_name(trigger)}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$${_body(trigger)}$$"
    )


def _fingerprint(trigger: Trigger, connection: BaseDatabaseWrapper) -> str:
    return hashlib.sha256(_sql(trigger, connection).encode()).hexdigest()


def _found(trigger: Trigger, connection: BaseDatabaseWrapper) -> str:
    """Return what PostgreSQL says of the trigger that is as it must be, its function too."""
    body = hashlib.md5(_body(trigger).encode(), usedforsecurity=False).hexdigest()
    return f"{_fingerprint(trigger, connection)} {body}"
