"""R12: PostgreSQL's planner remembers nobody."""

from importlib import import_module
from pathlib import Path

import pytest
from django.core.checks import Tags, run_checks
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.test.utils import isolate_apps

from register import migrations
from register.domain.operations import planner_statistics
from register.domain.operations.planner_statistics import Column
from register.inventory.registry import Declaration, inventory
from register.inventory.vocabulary import Category
from register.models import Client
from tests.factories import BookkeepingRowFactory, ClientFactory, NoteFactory

on_postgresql = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite's planner keeps counts only"
)
NAME = "Äijö Jäännösnimi"


def migration():
    """The migration, whatever its number, and the state of the models before it."""
    (file,) = Path(migrations.__path__[0]).glob("*_keep_no_planner_statistics_of_people.py")
    found = import_module(f"register.migrations.{file.stem}").Migration(file.stem, "register")
    return found, MigrationLoader(connection).project_state(("register", file.stem), at_end=False)


def migrate(*, backwards: bool = False) -> None:
    found, state = migration()
    with connection.schema_editor() as editor:
        (found.unapply if backwards else found.apply)(state, editor)


def analyse() -> dict[str, str]:
    """Let PostgreSQL look at all tables; return what it remembers of each column, as text."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return remembered()


def remembered() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename || '.' || attname, concat(most_common_vals, histogram_bounds)"
            " FROM pg_stats WHERE schemaname = current_schema()"
        )
        return dict(cursor.fetchall())


def problems() -> list[str]:
    found = run_checks(tags=[Tags.database], databases=["default"])
    return [problem.msg for problem in found if problem.id == "register.E040"]


@pytest.fixture
def as_it_was(transactional_db):
    """A database before the migration, with people in it; afterwards it is migrated again."""
    migrate(backwards=True)
    for n in range(30):
        client = ClientFactory(name=NAME, email=f"jaannos{n % 3}@example.org", birth_year=1933)
        BookkeepingRowFactory(name=client.name, email=client.email)
        NoteFactory(order__client=client)
    yield
    migrate()


@on_postgresql
def test_the_migration_takes_away_what_an_analysed_database_remembered(as_it_was):
    before = analyse()
    assert NAME in before["register_client.name"]
    assert "jaannos1@" in before["register_bookkeepingrow.email"]
    assert problems()

    migrate()

    personal = {str(column) for column in planner_statistics.personal_columns()}
    assert personal & set(before)
    assert personal & set(remembered()) == set()
    assert "jaannos" not in str(remembered())
    after = analyse()
    assert personal & set(after) == set()
    assert "jaannos" not in str(after)
    assert NAME not in str(after)
    assert problems() == []
    assert set(before) - personal == set(after), "the others' statistics stay"


@on_postgresql
def test_it_keeps_a_collation_and_the_values(transactional_db):
    ClientFactory(name=NAME)
    with connection.cursor() as cursor:
        cursor.execute('ALTER TABLE register_client ALTER name TYPE varchar(200) COLLATE "C"')
        cursor.execute("ALTER TABLE register_client ALTER name SET STATISTICS -1")
    analyse()
    column = Column("register_client", "name")
    assert planner_statistics.remembered(connection) == [column]

    planner_statistics.forget(connection, column)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collation_name, character_maximum_length FROM information_schema.columns"
            " WHERE table_name = 'register_client' AND column_name = 'name'"
        )
        assert cursor.fetchone() == ("C", 200)
        cursor.execute("ALTER TABLE register_client ALTER name TYPE varchar(200)")
    assert Client.objects.get().name == NAME
    assert planner_statistics.remembered(connection) == []


@pytest.mark.django_db
def test_the_database_passes_the_check():
    assert problems() == []


@on_postgresql
@pytest.mark.django_db
def test_a_personal_column_that_was_forgotten_fails_the_check():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE register_client ALTER phone SET STATISTICS 100")
    [problem] = problems()
    assert "register_client.phone" in problem


@on_postgresql
@pytest.mark.django_db
def test_a_database_that_is_not_migrated_yet_passes_it():
    """Otherwise `migrate`, which checks first, could never mend it."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE register_client ALTER phone SET STATISTICS 100")
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'register'"
            " AND id = (SELECT max(id) FROM django_migrations WHERE app = 'register')"
        )
    assert problems() == []


@isolate_apps("register")
def test_a_column_that_is_added_to_the_inventory_is_covered(monkeypatch):
    """A derived key is one: what it is derived from is a name."""

    class Grown(models.Model):
        sort_key = models.CharField(max_length=400)
        met_on = models.DateField()
        kind = models.CharField(max_length=10)

        class Meta:
            app_label = "register"
            db_table = "grown"

    identity = inventory.personal(Category.IDENTITY)
    added = Declaration(
        model="register.Grown",
        personal={"sort_key": identity, "met_on": identity},
        not_personal=("id", "kind"),
    )
    monkeypatch.setattr(inventory, "_declarations", {"register.Grown": added})
    columns = planner_statistics.personal_columns(Grown._meta.apps)
    assert list(columns) == [Column("grown", "sort_key")]


def test_each_value_that_tells_of_a_client_is_covered():
    columns = {str(column) for column in planner_statistics.personal_columns()}
    assert {f"register_client.{n}" for n in ("name", "email", "phone", "birth_year")} <= columns
    assert {"register_bookkeepingrow.name", "register_note.text_encrypted"} <= columns
