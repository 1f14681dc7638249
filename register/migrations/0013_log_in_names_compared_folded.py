from collections import Counter

import register.db.keys
from django.conf import settings
from django.core.management.base import CommandError
from django.db import migrations, models

from register.domain.operations import derived_keys, planner_statistics
from register.domain.operations.planner_statistics import Column

SAME = (
    "The accounts {names} have user names that read alike. Only one of them may: give the others "
    "another user name, then migrate again."
)


def forget(apps, schema_editor):
    if schema_editor.connection.vendor == 'postgresql':
        column = Column('register_staffmember', 'login_key')
        planner_statistics.forget(schema_editor.connection, column)


def fill(apps, schema_editor):
    derived_keys.fill(apps, 'login_key')
    members = apps.get_model('register', 'StaffMember').objects.select_related('user')
    counts = Counter(member.login_key for member in members)
    same = sorted(m.user.username for m in members if counts[m.login_key] > 1)
    if same:
        raise CommandError(SAME.format(names=', '.join(same)))


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0012_keys_for_search_and_order'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='staffmember',
            name='login_key',
            field=register.db.keys.LoginKey(max_length=255),
        ),
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='staffmember',
            constraint=models.UniqueConstraint(fields=('login_key',), name='staff_one_account_a_login_name', violation_error_message='This user name is taken.'),
        ),
    ]
