
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import phonenumber_field.modelfields
import register.reference.countries
import register.text.identifiers
import register.models.billing
import register.reference.municipalities
import register.text.validators
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessLogSubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.PositiveBigIntegerField(db_index=True, verbose_name='log entry')),
                ('client', models.UUIDField(db_index=True, verbose_name='client')),
            ],
            options={
                'verbose_name': 'client in the log of use',
                'verbose_name_plural': 'clients in the log of use',
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'office',
                'verbose_name_plural': 'offices',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='PublishedYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name='year')),
                ('published_on', models.DateField(verbose_name='published on')),
            ],
            options={
                'verbose_name': 'published year',
                'verbose_name_plural': 'published years',
                'ordering': ['-year'],
            },
        ),
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('today', models.DateField(verbose_name='date')),
                ('dry', models.BooleanField(default=False, verbose_name='dry run')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='started at')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished at')),
                ('cursor', models.UUIDField(blank=True, null=True, verbose_name='processed up to')),
                ('without_orders', models.BooleanField(default=False, verbose_name='has come to clients without orders')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('one_by_one_until', models.UUIDField(blank=True, null=True, verbose_name='processed one by one up to')),
                ('clients_erased', models.PositiveIntegerField(default=0, verbose_name='clients erased')),
                ('orders_erased', models.PositiveIntegerField(default=0, verbose_name='orders erased')),
                ('clients_held', models.PositiveIntegerField(default=0, verbose_name='clients on hold')),
                ('clients_deferred', models.PositiveIntegerField(default=0, verbose_name='clients deferred for billing')),
                ('clients_failed', models.PositiveIntegerField(default=0, verbose_name='clients passed over after errors')),
                ('feedback_erased', models.PositiveIntegerField(default=0, verbose_name='feedback erased')),
                ('vouchers_erased', models.PositiveIntegerField(default=0, verbose_name='bookkeeping rows erased')),
                ('steps_failed', models.PositiveIntegerField(default=0, verbose_name='steps failed')),
                ('files_removed', models.PositiveIntegerField(default=0, verbose_name='export files removed')),
            ],
            options={
                'verbose_name': 'retention run',
                'verbose_name_plural': 'retention runs',
                'ordering': ['-started_at'],
            },
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('price', models.DecimalField(decimal_places=2, default=0, max_digits=9, validators=[django.core.validators.MinValueValidator(0)], verbose_name='price (€, VAT included)')),
                ('active', models.BooleanField(default=True, verbose_name='can be ordered')),
            ],
            options={
                'verbose_name': 'service',
                'verbose_name_plural': 'services',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='AccessLogEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('actor', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='user')),
                ('action', models.CharField(choices=[('list', 'Listed'), ('view', 'Viewed'), ('create', 'Added'), ('change', 'Changed'), ('history', 'Viewed history'), ('assign', 'Assigned'), ('export', 'Exported'), ('disclose', 'Disclosed'), ('download', 'Downloaded'), ('hold', 'Erasure postponed'), ('release', 'Hold released'), ('erase', 'Erased')], max_length=10, verbose_name='action')),
                ('purpose', models.CharField(choices=[('guidance', 'Delivering and developing guidance services'), ('billing', 'Billing'), ('feedback', 'Collecting feedback'), ('rights', "Data subjects' rights and data protection"), ('administration', 'Administration of access rights'), ('bookkeeping', 'Bookkeeping')], max_length=20, verbose_name='purpose')),
                ('model', models.CharField(max_length=50, verbose_name='kind of data')),
                ('view', models.CharField(max_length=50, verbose_name='view')),
                ('recipient', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='recipient')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='rows')),
            ],
            options={
                'verbose_name': 'log entry',
                'verbose_name_plural': 'log of use',
                'ordering': ['-at', '-id'],
                'indexes': [models.Index(fields=['at'], name='access_log_by_time')],
            },
        ),
        migrations.CreateModel(
            name='Client',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('register_number', models.CharField(default=register.text.identifiers.new_register_number, editable=False, max_length=11, unique=True, verbose_name='register number')),
                ('name', models.CharField(max_length=200, validators=[register.text.validators.validate_printable], verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('phone', phonenumber_field.modelfields.PhoneNumberField(blank=True, max_length=128, region=None, verbose_name='phone number')),
                ('home_municipality', models.CharField(blank=True, choices=register.reference.municipalities.municipality_choices, max_length=3, verbose_name='home municipality')),
                ('birth_year', models.PositiveSmallIntegerField(blank=True, null=True, validators=[register.text.validators.validate_birth_year], verbose_name='birth year')),
                ('created_on', models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name='added on')),
                ('restricted_on', models.DateField(blank=True, editable=False, null=True, verbose_name='restricted on')),
            ],
            options={
                'verbose_name': 'client',
                'verbose_name_plural': 'clients',
                'ordering': ['name', 'id'],
                'indexes': [models.Index(fields=['name', 'id'], name='client_by_name'), models.Index(fields=['created_on'], name='client_by_creation')],
                'constraints': [models.CheckConstraint(condition=models.Q(('birth_year', None), ('birth_year__range', (1900, 2200)), _connector='OR'), name='client_birth_year_plausible', violation_error_message='This is not a possible birth year.')],
            },
        ),
        migrations.CreateModel(
            name='Controller',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register_name', models.CharField(blank=True, max_length=200, verbose_name="register's name")),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='controller')),
                ('street_address', models.CharField(blank=True, max_length=200, verbose_name='street address')),
                ('postal_code', models.CharField(blank=True, max_length=10, verbose_name='postal code')),
                ('city', models.CharField(blank=True, max_length=100, verbose_name='city')),
                ('business_id', models.CharField(blank=True, max_length=9, validators=[register.text.validators.validate_business_id], verbose_name='business ID')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('phone', models.CharField(blank=True, max_length=40, verbose_name='phone number')),
                ('website', models.CharField(blank=True, max_length=200, verbose_name='website')),
                ('contact_name', models.CharField(blank=True, max_length=200, verbose_name="contact person's name")),
                ('contact_street_address', models.CharField(blank=True, max_length=200, verbose_name="contact person's street address")),
                ('contact_postal_code', models.CharField(blank=True, max_length=10, verbose_name="contact person's postal code")),
                ('contact_city', models.CharField(blank=True, max_length=100, verbose_name="contact person's city")),
                ('contact_phone', models.CharField(blank=True, max_length=40, verbose_name="contact person's phone number")),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name="contact person's e-mail address")),
                ('site', models.OneToOneField(editable=False, on_delete=django.db.models.deletion.CASCADE, to='wagtailcore.site')),
            ],
            options={
                'verbose_name': 'controller',
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('erased_on', models.DateField(verbose_name='erased on')),
                ('in_ledger', models.BooleanField(default=False, verbose_name='in the ledger')),
            ],
            options={
                'verbose_name': 'erasure',
                'verbose_name_plural': 'erasures',
                'ordering': ['pk'],
                'indexes': [models.Index(condition=models.Q(('in_ledger', False)), fields=['id'], name='erasure_not_in_ledger')],
            },
        ),
        migrations.CreateModel(
            name='ErasureRecord',
            fields=[
                ('erased_id', models.UUIDField(editable=False, primary_key=True, serialize=False, verbose_name='erased')),
                ('unit', models.CharField(choices=[('order', 'Service order'), ('client', 'Client')], max_length=10, verbose_name='unit')),
                ('erasure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='register.erasure', verbose_name='erasure')),
            ],
            options={
                'verbose_name': 'erasure record',
                'verbose_name_plural': 'erasure records',
                'ordering': ['erasure', 'erased_id'],
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('received_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='received on')),
                ('answers_encrypted', models.TextField(editable=False)),
            ],
            options={
                'verbose_name': 'feedback',
                'verbose_name_plural': 'feedback',
                'ordering': ['-received_on', 'id'],
                'indexes': [models.Index(fields=['received_on'], name='feedback_by_day')],
            },
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ('beat_at', models.DateTimeField(verbose_name='last sign of life')),
            ],
            options={
                'verbose_name': 'heartbeat',
                'verbose_name_plural': 'heartbeats',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='one_heartbeat')],
            },
        ),
        migrations.CreateModel(
            name='Processor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('kind', models.CharField(choices=[('finance', 'Finance administration'), ('hosting', 'Hosting'), ('mail', 'E-mail')], max_length=20, verbose_name='task')),
                ('country', models.CharField(choices=register.reference.countries.country_choices, max_length=2, verbose_name='country of the company')),
                ('hosting_country', models.CharField(choices=register.reference.countries.country_choices, max_length=2, verbose_name='country of the systems')),
                ('contract_signed_on', models.DateField(blank=True, null=True, verbose_name='contract signed on')),
                ('contract_valid_until', models.DateField(blank=True, null=True, verbose_name='contract valid until')),
                ('security_assessed_on', models.DateField(blank=True, null=True, verbose_name='security assessed on')),
                ('active', models.BooleanField(default=False, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'processor',
                'verbose_name_plural': 'processors',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('country__in', ('AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IS', 'IT', 'LI', 'LT', 'LU', 'LV', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK')), ('hosting_country__in', ('AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IS', 'IT', 'LI', 'LT', 'LU', 'LV', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'))), name='processor_inside_eea', violation_error_message='The notice promises that no data leaves the EU and the EEA (C28).'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'finance'), _negated=True), ('active', False), models.Q(('country', 'FI'), ('hosting_country__in', ['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'])), _connector='OR'), name='processor_finance_is_finnish', violation_error_message="The notice promises a Finnish finance provider with systems in the EU (C26): this one can't be taken into use before the notice says otherwise.")],
            },
        ),
        migrations.CreateModel(
            name='ExportBatch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('open', 'Being made'), ('written', 'Ready for download'), ('received', 'Received by the finance provider'), ('expired', 'File removed')], default='open', max_length=10, verbose_name='state')),
                ('made_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='made on')),
                ('row_count', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='fingerprint')),
                ('received_on', models.DateField(blank=True, null=True, verbose_name='received on')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('cursor', models.UUIDField(blank=True, editable=False, null=True, verbose_name='claimed up to')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='register.processor', verbose_name='recipient')),
            ],
            options={
                'verbose_name': 'export batch',
                'verbose_name_plural': 'export batches',
                'ordering': ['-made_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='RegisterLogEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.TextField()),
                ('action', models.CharField(blank=True, db_index=True, max_length=255)),
                ('data', models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ('timestamp', models.DateTimeField(db_index=True, verbose_name='timestamp (UTC)')),
                ('uuid', models.UUIDField(blank=True, editable=False, help_text='Log entries that happened as part of the same user action are assigned the same UUID', null=True)),
                ('content_changed', models.BooleanField(db_index=True, default=False)),
                ('deleted', models.BooleanField(default=False)),
                ('object_id', models.CharField(db_index=True, max_length=255)),
                ('content_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='contenttypes.contenttype', verbose_name='content type')),
                ('revision', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='wagtailcore.revision')),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'register history entry',
                'verbose_name_plural': 'register history entries',
                'ordering': ['-timestamp', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ServiceOrder',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('specification_encrypted', models.TextField(blank=True, editable=False)),
                ('manner', models.CharField(choices=[('in_person', 'In person'), ('remote', 'Remote'), ('mixed', 'In person and remote')], max_length=20, verbose_name='manner of delivery')),
                ('starts_on', models.DateField(verbose_name='starts on')),
                ('planned_end', models.DateField(verbose_name='valid until')),
                ('actual_end', models.DateField(blank=True, null=True, verbose_name='ended on')),
                ('price', models.DecimalField(decimal_places=2, max_digits=9, validators=[django.core.validators.MinValueValidator(0)], verbose_name='price (€, VAT included)')),
                ('created_on', models.DateField(default=django.utils.timezone.localdate, editable=False, verbose_name='added on')),
                ('restricted_on', models.DateField(blank=True, editable=False, null=True, verbose_name='restricted on')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='orders', to='register.client', verbose_name='client')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='register.office', verbose_name='office')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='register.service', verbose_name='service')),
            ],
            options={
                'verbose_name': 'service order',
                'verbose_name_plural': 'service orders',
                'ordering': ['-starts_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='BookkeepingRow',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('reference', models.CharField(default=register.models.billing.new_line_reference, max_length=20, unique=True, verbose_name='line reference')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('service_name', models.CharField(max_length=100, verbose_name='billed service')),
                ('month', models.DateField(help_text='The first day of the billed month.', verbose_name='month')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=9, verbose_name='amount (€)')),
                ('entered_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='entered on')),
                ('keep_until', models.DateField(verbose_name='keep until')),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='register.exportbatch', verbose_name='export batch')),
                ('order', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='bookkeeping_row', to='register.serviceorder', verbose_name='service order')),
            ],
            options={
                'verbose_name': 'bookkeeping row',
                'verbose_name_plural': 'bookkeeping rows',
                'ordering': ['-entered_on', 'id'],
            },
        ),
        migrations.CreateModel(
            name='StaffMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agreement_signed_on', models.DateField(blank=True, null=True, verbose_name='confidentiality agreement signed on')),
                ('trained_on', models.DateField(blank=True, null=True, verbose_name='data protection training on')),
                ('training_valid_until', models.DateField(blank=True, null=True, verbose_name='training valid until')),
                ('suspended_from', models.DateField(blank=True, null=True, verbose_name='login removed from')),
                ('suspended_until', models.DateField(blank=True, null=True, verbose_name='login removed until')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='account closed on')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='staff_member', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'staff member',
                'verbose_name_plural': 'staff members',
                'ordering': ['user__last_name', 'user__first_name', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='serviceorder',
            name='counsellor',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.staffmember', verbose_name='counsellor'),
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('met_on', models.DateField(verbose_name='meeting date')),
                ('basis', models.CharField(choices=[('told_by_client', 'Told by the client (consent)'), ('arose_in_delivery', 'Arose in delivery (legitimate interest)')], max_length=20, verbose_name='where the information comes from')),
                ('text_encrypted', models.TextField(editable=False)),
                ('written_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='written at')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='register.serviceorder', verbose_name='order')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.staffmember', verbose_name='author')),
            ],
            options={
                'verbose_name': 'note',
                'verbose_name_plural': 'notes',
                'ordering': ['-met_on', '-written_at'],
            },
        ),
        migrations.CreateModel(
            name='Statistic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('service_name', models.CharField(blank=True, max_length=100, verbose_name='service')),
                ('manner', models.CharField(blank=True, choices=[('in_person', 'In person'), ('remote', 'Remote'), ('mixed', 'In person and remote')], max_length=20, verbose_name='manner of delivery')),
                ('office_name', models.CharField(blank=True, max_length=100, verbose_name='office')),
                ('count', models.PositiveIntegerField(verbose_name='count')),
            ],
            options={
                'verbose_name': 'statistic',
                'verbose_name_plural': 'statistics',
                'ordering': ['-year', 'service_name', 'manner', 'office_name'],
                'constraints': [models.UniqueConstraint(fields=('year', 'service_name', 'manner', 'office_name'), name='one_statistic_per_cell')],
            },
        ),
        migrations.CreateModel(
            name='StatisticTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('manner', models.CharField(choices=[('in_person', 'In person'), ('remote', 'Remote'), ('mixed', 'In person and remote')], max_length=20, verbose_name='manner of delivery')),
                ('count', models.PositiveIntegerField(verbose_name='count')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.office')),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='register.service')),
            ],
            options={
                'verbose_name': 'statistic tally',
                'verbose_name_plural': 'statistic tallies',
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(default=django.utils.timezone.localdate, verbose_name='valid from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='register.client', verbose_name='client')),
            ],
            options={
                'verbose_name': 'assignment',
                'verbose_name_plural': 'assignments',
                'abstract': False,
                'indexes': [models.Index(fields=['user', 'content_object'], name='assignment_by_user')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='assignment_ends_after_start', violation_error_message="The end can't be before the start.")],
                'unique_together': {('user', 'permission', 'content_object')},
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('ground', models.CharField(choices=[('request', 'Open request of the client'), ('breach', 'Personal data breach'), ('manual', 'Other ground, set by hand')], max_length=20, verbose_name='ground')),
                ('reason_encrypted', models.TextField(editable=False)),
                ('set_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='set on')),
                ('review_on', models.DateField(verbose_name='review on')),
                ('released_on', models.DateField(blank=True, null=True, verbose_name='released on')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holds', to='register.client', verbose_name='client')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='set by')),
            ],
            options={
                'verbose_name': 'legal hold',
                'verbose_name_plural': 'legal holds',
                'ordering': ['review_on', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('review_on__gte', models.F('set_on'))), name='hold_reviewed_after_set', violation_error_message="The review can't be before the hold is set.")],
            },
        ),
        migrations.CreateModel(
            name='LikelyDuplicate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('found_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='found on')),
                ('resolved_on', models.DateField(blank=True, null=True, verbose_name='resolved on')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='register.client', verbose_name='client')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='register.client', verbose_name='other client')),
            ],
            options={
                'verbose_name': 'likely duplicate',
                'verbose_name_plural': 'likely duplicates',
                'constraints': [models.UniqueConstraint(fields=('client', 'other'), name='likely_duplicate_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='exportbatch',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('state',), name='one_open_batch'),
        ),
        migrations.AddIndex(
            model_name='bookkeepingrow',
            index=models.Index(fields=['keep_until'], name='bookkeeping_by_end'),
        ),
        migrations.AddIndex(
            model_name='bookkeepingrow',
            index=models.Index(condition=models.Q(('order', None), models.Q(('email', ''), _negated=True)), fields=['batch'], name='bookkeeping_email_left'),
        ),
        migrations.AddConstraint(
            model_name='staffmember',
            constraint=models.CheckConstraint(condition=models.Q(('suspended_until', None), ('suspended_until__gte', models.F('suspended_from')), _connector='OR'), name='staff_suspension_ends_after_start', violation_error_message="The end can't be before the start."),
        ),
        migrations.AddConstraint(
            model_name='staffmember',
            constraint=models.CheckConstraint(condition=models.Q(('training_valid_until', None), ('training_valid_until__gte', models.F('trained_on')), _connector='OR'), name='staff_training_valid_after_training', violation_error_message="The training can't expire before it was held."),
        ),
        migrations.AddIndex(
            model_name='serviceorder',
            index=models.Index(fields=['actual_end'], name='order_by_actual_end'),
        ),
        migrations.AddIndex(
            model_name='serviceorder',
            index=models.Index(fields=['planned_end'], name='order_by_planned_end'),
        ),
        migrations.AddConstraint(
            model_name='serviceorder',
            constraint=models.CheckConstraint(condition=models.Q(('planned_end__gte', models.F('starts_on'))), name='order_planned_end_after_start', violation_error_message="The service can't be valid only until before it starts."),
        ),
        migrations.AddConstraint(
            model_name='serviceorder',
            constraint=models.CheckConstraint(condition=models.Q(('actual_end', None), ('actual_end__gte', models.F('starts_on')), _connector='OR'), name='order_actual_end_after_start', violation_error_message="The service can't end before it starts."),
        ),
        migrations.AddConstraint(
            model_name='serviceorder',
            constraint=models.CheckConstraint(condition=models.Q(('price__gte', 0)), name='order_price_not_negative', violation_error_message="The price can't be negative."),
        ),
        migrations.AddIndex(
            model_name='note',
            index=models.Index(fields=['order', 'met_on'], name='note_by_order'),
        ),
        migrations.AddConstraint(
            model_name='statistictally',
            constraint=models.UniqueConstraint(fields=('year', 'service', 'manner', 'office'), name='one_tally_per_cell'),
        ),
    ]
