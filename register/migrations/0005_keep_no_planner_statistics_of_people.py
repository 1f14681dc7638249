from django.db import migrations

from register.domain.operations import planner_statistics


def forget(apps, schema_editor):
    if schema_editor.connection.vendor == 'postgresql':
        for column in planner_statistics.personal_columns(apps):
            planner_statistics.forget(schema_editor.connection, column)


def remember(apps, schema_editor):
    if schema_editor.connection.vendor == 'postgresql':
        for column in planner_statistics.personal_columns(apps):
            planner_statistics.remember(schema_editor.connection, column)


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0004_ledger_before_the_rows'),
    ]

    operations = [
        migrations.RunPython(forget, remember),
    ]
