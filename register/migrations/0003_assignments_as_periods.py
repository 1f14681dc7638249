"""Several periods a counsellor and client, of which no two have a day in common."""

from datetime import timedelta

from django.core.management.base import CommandError
from django.db import migrations, models
from django.db.models import Exists, F, OuterRef
from django.db.utils import DatabaseError

ONE_PERIOD_A_DAY = """
ALTER TABLE register_assignment ADD CONSTRAINT assignment_one_period_a_day
EXCLUDE USING gist (
    user_id WITH =,
    content_object_id WITH =,
    permission_id WITH =,
    daterange(valid_from, LEAST(valid_until + 1, revoked_on)) WITH &&
) WHERE (revoked_on IS NULL OR revoked_on > valid_from)
"""
NO_EXTENSION = (
    "PostgreSQL needs its extension btree_gist, so that no day falls in two assignments of the "
    "same counsellor and client. The database role of the register could not create it. As an "
    'administrator of the database server, run once in the database "{database}":\n\n'
    "    CREATE EXTENSION btree_gist;\n\n"
    "and then migrate again. Where the server has no such extension, install PostgreSQL's "
    "contrib package first (Debian has it in the package postgresql)."
)


def exclude_overlaps(apps, schema_editor):
    """PostgreSQL only: on SQLite whoever assigns holds the one write lock while looking."""
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        try:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        except DatabaseError as error:
            database = connection.settings_dict["NAME"]
            raise CommandError(NO_EXTENSION.format(database=database)) from error
        cursor.execute(ONE_PERIOD_A_DAY)


def one_row_for_two(apps, schema_editor):
    """Back to one row a counsellor and client: the last one, as if its dates had been overwritten.

    The earlier schema knows no early end: there the period ends on its last whole day.
    """
    connection = schema_editor.connection
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE register_assignment DROP CONSTRAINT assignment_one_period_a_day"
            )
    rows = apps.get_model("register", "Assignment").objects.using(connection.alias)
    rows.filter(revoked_on__lte=F("valid_from")).delete()
    for row in rows.exclude(revoked_on=None):
        last = row.revoked_on - timedelta(days=1)
        rows.filter(pk=row.pk).update(valid_until=min(last, row.valid_until or last))
    later = rows.filter(
        user=OuterRef("user"),
        permission=OuterRef("permission"),
        content_object=OuterRef("content_object"),
        pk__gt=OuterRef("pk"),
    )
    rows.filter(Exists(later)).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0002_versions_and_named_objects'),
    ]

    operations = [
        migrations.AlterUniqueTogether(
            name='assignment',
            unique_together=set(),
        ),
        migrations.AddField(
            model_name='assignment',
            name='revoked_on',
            field=models.DateField(blank=True, null=True, verbose_name='ended early on'),
        ),
        migrations.RunPython(exclude_overlaps, one_row_for_two),
    ]
