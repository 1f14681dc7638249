"""A register of any size, made by the database itself: a million clients in a minute or two.

`DATABASE_URL=postgres://…` names a server and a database; benchmarks make scratch databases
beside it and remove them. Nothing of the named database itself is touched.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from wagtail import hooks

from register.models import Office, Service, StaffMember
from register.models.staff import Role

ENDED, RUNNING = date(2026, 6, 15), date(2027, 6, 15)

STATEMENTS = (
    """CREATE TABLE bench_number AS
        SELECT n, gen_random_uuid() AS client, gen_random_uuid() AS ordered
        FROM generate_series(1, {clients}) AS n""",
    """INSERT INTO register_client (id, register_number, name, email, phone, home_municipality,
            birth_year, created_on, search_key, sort_key)
        SELECT client, 'B' || lpad(n::text, 9, '0'), 'Testi Henkilö' || n,
            'asiakas' || n || '@example.org', '+358401234567', '092', 1980, '2026-01-02',
            ' testi henkilö' || n || ' b' || lpad(n::text, 9, '0')
                || ' 358401234567 0401234567 asiakas' || n || '@example.org ',
            'henkil}}' || n || ' testi'
        FROM bench_number""",
    """INSERT INTO register_serviceorder (id, client_id, service_id, specification_encrypted,
            long_validity_reason_encrypted, manner, office_id, counsellor_id, starts_on,
            planned_end, price, created_on)
        SELECT ordered, client, {service}, '', '', 'remote', {office}, {counsellor}, '2026-01-02',
            CASE WHEN n <= {ended} THEN date '{ended_on}' ELSE date '{running}' END,
            {price}, '2026-01-02'
        FROM bench_number""",
    """INSERT INTO register_note (id, order_id, kind, met_on, basis, text_encrypted,
            author_id, written_at)
        SELECT gen_random_uuid(), ordered, 'meeting', '2026-03-01', 'told_by_client',
            'bench.' || repeat(md5(n::text), 8), {counsellor}, now()
        FROM bench_number, generate_series(1, {notes})""",
    """INSERT INTO register_assignment (permission_id, user_id, content_object_id, valid_from)
        SELECT {permission}, {user}, client, '2026-01-02' FROM bench_number""",
)


@contextmanager
def scratch_database() -> Iterator[None]:
    """A fresh, migrated database, removed at the end."""
    if connection.vendor != "postgresql":
        raise SystemExit("Set DATABASE_URL=postgres://…: the benchmarks run on PostgreSQL.")
    name = str(settings.DATABASES["default"]["NAME"])
    connection.settings_dict["TEST"]["NAME"] = f"{name}_bench_{os.getpid()}"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    # Once in a process, half a second: as in one that has been at work for a while.
    hooks.search_for_hooks()
    try:
        yield
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


@contextmanager
def copy_of_database() -> Iterator[None]:
    """A copy of the scratch database to try something on, removed at the end."""
    original = connection.settings_dict["NAME"]
    name = f"{original}_copy"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
        cursor.execute("CHECKPOINT")
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = original
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')


def counsellor(name: str) -> StaffMember:
    """Return a counsellor in good standing."""
    user = get_user_model().objects.create(username=name, password="!")
    user.groups.add(Group.objects.get(name=Role.COUNSELLOR))
    return StaffMember.objects.create(
        user=user,
        agreement_signed_on=date(2020, 1, 1),
        law_trained_on=date(2020, 1, 1),
        practices_trained_on=date(2020, 1, 1),
        law_valid_until=date(2100, 1, 1),
        practices_valid_until=date(2100, 1, 1),
    )


def populate(*, clients: int, ended: int = 0, notes: int = 2, price: int = 0) -> StaffMember:
    """Make clients with an order, notes and an assignment each, all of one counsellor.

    Args:
        ended: how many of the orders ended on 15 June 2026; the rest run for a year more.
    """
    member = counsellor("bench")
    values = {
        "clients": clients,
        "ended": ended,
        "notes": notes,
        "price": price,
        "ended_on": ENDED,
        "running": RUNNING,
        "service": Service.objects.create(name="Uraohjaus").pk,
        "office": Office.objects.create(name="Vantaa").pk,
        "counsellor": member.pk,
        "user": member.user_id,
        "permission": view_permission().pk,
    }
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement.format(**values))
        cursor.execute("VACUUM ANALYZE")
    return member


def assign(user: User, *, clients: int) -> None:
    """Assign the first so many clients to one more counsellor."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO register_assignment
                (permission_id, user_id, content_object_id, valid_from)
                SELECT %s, %s, client, '2026-01-02' FROM bench_number WHERE n <= %s""",
            [view_permission().pk, user.pk, clients],
        )
        cursor.execute("ANALYZE register_assignment")


def view_permission() -> Permission:
    return Permission.objects.get(content_type__app_label="register", codename="view_client")
