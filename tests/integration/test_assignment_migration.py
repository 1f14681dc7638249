"""The way to several periods a counsellor and client and back, over a populated table."""

import importlib
from datetime import date

import pytest
from django.apps import apps
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tests.factories import AssignmentFactory

BEFORE = [("register", "0002_versions_and_named_objects")]
MIGRATION = importlib.import_module("register.migrations.0003_assignments_as_periods")
DAY = date(2027, 3, 1)


@pytest.fixture
def migrate(transactional_db):
    """Migrates to a state and returns its models; leaves the newest schema behind."""

    def to(targets):
        executor = MigrationExecutor(connection)
        executor.migrate(targets)
        return MigrationExecutor(connection).loader.project_state(targets).apps

    newest = MigrationExecutor(connection).loader.graph.leaf_nodes("register")
    to.newest = newest
    yield to
    to(newest)


def rows(models):
    return [
        (row.pk, row.valid_from, row.valid_until)
        for row in models.get_model("register", "Assignment").objects.order_by("pk")
    ]


def test_each_row_becomes_a_period_and_later_ones_can_follow(migrate):
    kept = AssignmentFactory(valid_from=DAY, valid_until=date(2027, 6, 30))
    open_ended = AssignmentFactory(valid_from=DAY)
    old = migrate(BEFORE)
    assert rows(old) == [
        (kept.pk, DAY, date(2027, 6, 30)),
        (open_ended.pk, DAY, None),
    ]
    next_row = {
        "user_id": kept.user_id,
        "permission_id": kept.permission_id,
        "content_object_id": kept.content_object_id,
        "valid_from": date(2027, 7, 1),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        old.get_model("register", "Assignment").objects.create(**next_row)
    new = migrate(migrate.newest)
    assert rows(new) == rows(old)
    new.get_model("register", "Assignment").objects.create(**next_row)
    assert len(rows(new)) == 3


def test_the_way_back_keeps_the_last_period_and_opens_nothing(migrate):
    first = AssignmentFactory(valid_from=DAY, valid_until=date(2027, 3, 31))
    pair = {"user": first.user, "content_object": first.content_object}
    last = AssignmentFactory(**pair, valid_from=date(2027, 4, 1), revoked_on=date(2027, 4, 9))
    AssignmentFactory(**pair, valid_from=date(2027, 5, 1), revoked_on=date(2027, 4, 9))
    early = AssignmentFactory(
        valid_from=DAY, valid_until=date(2027, 3, 5), revoked_on=date(2027, 3, 9)
    )
    assert rows(migrate(BEFORE)) == [
        (last.pk, date(2027, 4, 1), date(2027, 4, 8)),
        (early.pk, DAY, date(2027, 3, 5)),
    ]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs no extension on SQLite")
@pytest.mark.django_db
def test_a_role_that_may_not_create_the_extension_is_told_what_to_do():
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION btree_gist CASCADE")
        cursor.execute("CREATE ROLE without_rights NOLOGIN")
        cursor.execute("SET LOCAL ROLE without_rights")
    with connection.schema_editor(atomic=False) as editor, pytest.raises(CommandError) as told:
        MIGRATION.exclude_overlaps(apps, editor)
    assert "CREATE EXTENSION btree_gist;" in str(told.value)
    assert f'"{connection.settings_dict["NAME"]}"' in str(told.value)
