from django.db import migrations

from register.domain.operations import one_form


def put(apps, schema_editor):
    one_form.put(apps)


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0010_refuse_what_belongs_elsewhere'),
    ]

    operations = [
        # A text in its one form is as good a text as before: there is nothing to take back.
        migrations.RunPython(put, migrations.RunPython.noop),
    ]
