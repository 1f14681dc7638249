from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Least


def take_both(apps, schema_editor):
    """The one training was of both, so each keeps its dates."""
    members = apps.get_model('register', 'StaffMember').objects
    members.update(
        practices_trained_on=F('law_trained_on'), practices_valid_until=F('law_valid_until')
    )


def take_the_earlier(apps, schema_editor):
    """One date for both says no more than what holds of both: the earlier one, or none."""
    members = apps.get_model('register', 'StaffMember').objects
    without = models.Q(practices_trained_on=None) | models.Q(practices_valid_until=None)
    members.filter(without).update(law_trained_on=None, law_valid_until=None)
    members.exclude(law_trained_on=None).update(
        law_trained_on=Least('law_trained_on', 'practices_trained_on'),
        law_valid_until=Least('law_valid_until', 'practices_valid_until'),
    )


def valid_after(kind):
    return models.CheckConstraint(
        condition=models.Q((f'{kind}_valid_until', None), (f'{kind}_valid_until__gte', models.F(f'{kind}_trained_on')), _connector='OR'),
        name=f'staff_{kind}_valid_after_training',
        violation_error_message="The training can't expire before it was held.",
    )


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0030_secrets_of_second_factors'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='staffmember', name='staff_training_valid_after_training'),
        migrations.RenameField('staffmember', 'trained_on', 'law_trained_on'),
        migrations.RenameField('staffmember', 'training_valid_until', 'law_valid_until'),
        migrations.AlterField('staffmember', 'law_trained_on', models.DateField(blank=True, null=True, verbose_name='training in the law on')),
        migrations.AlterField('staffmember', 'law_valid_until', models.DateField(blank=True, null=True, verbose_name='training in the law valid until')),
        migrations.AddField('staffmember', 'practices_trained_on', models.DateField(blank=True, null=True, verbose_name='training in the internal practices on')),
        migrations.AddField('staffmember', 'practices_valid_until', models.DateField(blank=True, null=True, verbose_name='training in the internal practices valid until')),
        migrations.RunPython(take_both, take_the_earlier),
        migrations.AddConstraint('staffmember', valid_after('law')),
        migrations.AddConstraint('staffmember', valid_after('practices')),
    ]
