from django.db import migrations


def forget(apps, schema_editor):
    """Delete what is stored: it is made again at the next request."""
    apps.get_model("privacy_notice", "StoredPage").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('privacy_notice', '0010_approvals'),
    ]

    operations = [
        migrations.RunPython(forget, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='storedpage',
            name='number',
        ),
        migrations.RunPython(migrations.RunPython.noop, forget),
    ]
