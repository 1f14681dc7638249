from django.db import migrations


def forget(apps, schema_editor):
    """Delete what the logs kept of each receipt: its microsecond undid the answer's anonymity."""
    using = schema_editor.connection.alias
    entries = apps.get_model("register", "AccessLogEntry").objects.using(using)
    entries.filter(model="register.Feedback", action="create").delete()
    history = apps.get_model("register", "RegisterLogEntry").objects.using(using)
    history.filter(
        content_type__app_label="register", content_type__model="feedback", action="wagtail.create"
    ).delete()


class Migration(migrations.Migration):
    """Receipts are logged no more; that they were can't be brought back."""

    dependencies = [("register", "0007_note_restrictions_in_the_log_of_use")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
