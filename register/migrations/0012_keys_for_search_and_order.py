import register.db.keys
from django.db import migrations, models

from register.domain.operations import derived_keys, planner_statistics
from register.domain.operations.planner_statistics import Column

PERSONAL = (
    Column('register_bookkeepingrow', 'sort_key'),
    Column('register_client', 'search_key'),
    Column('register_client', 'sort_key'),
    Column('register_staffmember', 'search_key'),
    Column('register_staffmember', 'sort_key'),
)


def fill(apps, schema_editor):
    derived_keys.fill(apps, 'search_key', 'sort_key')


def forget(apps, schema_editor):
    if schema_editor.connection.vendor == 'postgresql':
        for column in PERSONAL:
            planner_statistics.forget(schema_editor.connection, column)


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0011_texts_in_one_form'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='client',
            options={'ordering': ['sort_key', 'id'], 'verbose_name': 'client', 'verbose_name_plural': 'clients'},
        ),
        migrations.AlterModelOptions(
            name='office',
            options={'ordering': ['sort_key', 'pk'], 'verbose_name': 'office', 'verbose_name_plural': 'offices'},
        ),
        migrations.AlterModelOptions(
            name='processor',
            options={'ordering': ['sort_key', 'pk'], 'verbose_name': 'processor', 'verbose_name_plural': 'processors'},
        ),
        migrations.AlterModelOptions(
            name='service',
            options={'ordering': ['sort_key', 'pk'], 'verbose_name': 'service', 'verbose_name_plural': 'services'},
        ),
        migrations.AlterModelOptions(
            name='staffmember',
            options={'ordering': ['sort_key', 'pk'], 'verbose_name': 'staff member', 'verbose_name_plural': 'staff members'},
        ),
        migrations.AlterModelOptions(
            name='statistic',
            options={'ordering': ['-year', 'sort_key', 'manner', 'office_name'], 'verbose_name': 'statistic', 'verbose_name_plural': 'statistics'},
        ),
        migrations.RemoveIndex(
            model_name='client',
            name='client_by_name',
        ),
        migrations.AddField(
            model_name='bookkeepingrow',
            name='sort_key',
            field=register.db.keys.SortKey(max_length=255),
        ),
        migrations.AddField(
            model_name='client',
            name='search_key',
            field=register.db.keys.SearchKey(),
        ),
        migrations.AddField(
            model_name='client',
            name='sort_key',
            field=register.db.keys.SortKey(max_length=255),
        ),
        migrations.AddField(
            model_name='office',
            name='sort_key',
            field=register.db.keys.SortKey(max_length=255),
        ),
        migrations.AddField(
            model_name='processor',
            name='sort_key',
            field=register.db.keys.SortKey(max_length=255),
        ),
        migrations.AddField(
            model_name='service',
            name='sort_key',
            field=register.db.keys.SortKey(max_length=255),
        ),
        migrations.AddField(
            model_name='staffmember',
            name='search_key',
            field=register.db.keys.SearchKey(),
        ),
        migrations.AddField(
            model_name='staffmember',
            name='sort_key',
            field=register.db.keys.SortKey(max_length=255),
        ),
        migrations.AddField(
            model_name='statistic',
            name='sort_key',
            field=register.db.keys.SortKey(max_length=255),
        ),
        # No sample of a key may be taken, so this comes before any key is there.
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name='client',
            index=models.Index(fields=['sort_key', 'id'], name='client_by_sort_key'),
        ),
    ]
