import django.db.models.deletion
from django.db import migrations, models


def place(apps, schema_editor):
    """Give each notice its site and language; of several in one place, only the first published."""
    Site = apps.get_model("wagtailcore", "Site")
    sites = sorted(
        Site.objects.select_related("root_page"), key=lambda site: -len(site.root_page.path)
    )
    default = next((site for site in sites if site.is_default_site), None)
    taken = set()
    Notice = apps.get_model("privacy_notice", "PrivacyNoticePage")
    apps.get_model("wagtailcore", "Page").objects.filter(
        pk__in=Notice.objects.values("pk"), expire_at__isnull=False
    ).update(expire_at=None)
    for notice in Notice.objects.order_by("-live", "path"):
        around = (site for site in sites if notice.path.startswith(site.root_page.path))
        site = next(around, default)
        if site is None or (site.pk, notice.locale_id) in taken:
            continue
        taken.add((site.pk, notice.locale_id))
        Notice.objects.filter(pk=notice.pk).update(site=site, language=notice.locale_id)


class Migration(migrations.Migration):
    dependencies = [
        ("privacy_notice", "0003_promises"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="privacynoticepage",
            name="language",
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="wagtailcore.locale", verbose_name="language"),
        ),
        migrations.AddField(
            model_name="privacynoticepage",
            name="site",
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="wagtailcore.site", verbose_name="site"),
        ),
        migrations.RunPython(place, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="privacynoticepage",
            constraint=models.UniqueConstraint(fields=("site", "language"), name="notice_one_per_site_and_language"),
        ),
    ]
