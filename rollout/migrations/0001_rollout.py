"""Phases, places and waiting, and what the apps `population` and `pilot` took over later.

Fourteen migrations in one: an installation that has run all of them goes on from here.
"""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

SHARDS = 32


def open_phases(apps, schema_editor):
    """The two phases of the announcement of 23 January 2023; the pilot was open at offices only."""
    phases, shards = apps.get_model("rollout", "Phase"), apps.get_model("rollout", "Shard")
    phases.objects.create(
        code="pilot", name="Pilot", capacity=100_000, starts_on=datetime.date(2020, 10, 1),
        opens_self=False, opens_app=False,
    )
    phases.objects.create(
        code="national", name="National", capacity=60_000_000,
        starts_on=datetime.date(2023, 1, 20),
    )
    for phase in phases.objects.all():
        share, rest = divmod(phase.capacity, SHARDS)
        shards.objects.bulk_create(
            shards(phase=phase, number=number, capacity=share + (number < rest))
            for number in range(SHARDS)
        )


class Migration(migrations.Migration):

    initial = True
    replaces = [
        ("rollout", "0001_phases"),
        ("rollout", "0002_pilot_and_national"),
        ("rollout", "0003_imports"),
        ("rollout", "0004_parts_of_an_import"),
        ("rollout", "0005_ways_and_places"),
        ("rollout", "0006_first_places"),
        ("rollout", "0007_pilot_members"),
        ("rollout", "0008_counts_by_office"),
        ("rollout", "0009_waiting_people"),
        ("rollout", "0010_phases_closed_again"),
        ("rollout", "0011_waiting_for_a_province"),
        ("rollout", "0012_pilot_written_together"),
        ("rollout", "0013_pilot_paused_or_cancelled"),
        ("rollout", "0014_following_the_register"),
    ]

    dependencies = [
        ('offices', '0004_invitations_and_sign_in_tries'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=200, verbose_name='file')),
                ('file_bytes', models.BigIntegerField(verbose_name='bytes')),
                ('fingerprint', models.BinaryField(max_length=32)),
                ('complete', models.BooleanField(default=False, help_text='Whoever is not in the file counts as removed from the register.', verbose_name='holds everybody')),
                ('state', models.CharField(choices=[('loading', 'Loading'), ('paused', 'Paused'), ('merging', 'Taking over'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled'), ('rolled_back', 'Rolled back')], default='loading', max_length=12, verbose_name='state')),
                ('replaced_table', models.BooleanField(default=False)),
                ('parts_done', models.PositiveSmallIntegerField(default=0)),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='started')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='finished')),
                ('bytes_done', models.BigIntegerField(default=0)),
                ('rows', models.BigIntegerField(default=0, verbose_name='rows')),
                ('rejected', models.BigIntegerField(default=0, verbose_name='rejected')),
                ('inserted', models.BigIntegerField(default=0, verbose_name='new')),
                ('changed', models.BigIntegerField(default=0, verbose_name='changed')),
                ('unchanged', models.BigIntegerField(default=0, verbose_name='already there')),
                ('removed', models.BigIntegerField(default=0, verbose_name='no longer there')),
                ('message', models.CharField(blank=True, max_length=300, verbose_name='message')),
            ],
            options={
                'verbose_name': 'import of the register',
                'verbose_name_plural': 'imports of the register',
                'ordering': ['-started_at'],
            },
        ),
        migrations.CreateModel(
            name='ImportChunk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('rows', models.PositiveIntegerField()),
                ('rejected', models.PositiveIntegerField()),
                ('size', models.PositiveIntegerField()),
                ('digest', models.DecimalField(decimal_places=0, max_digits=20)),
                ('by_office', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='OfficeCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('office_code', models.CharField(blank=True, max_length=4)),
                ('in_file', models.PositiveIntegerField()),
                ('inserted', models.PositiveIntegerField()),
                ('changed', models.PositiveIntegerField()),
                ('unchanged', models.PositiveIntegerField()),
                ('rejected', models.PositiveIntegerField()),
                ('removed', models.PositiveIntegerField()),
            ],
            options={
                'ordering': ['office_code'],
            },
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('code', models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name='code')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('capacity', models.PositiveIntegerField(verbose_name='capacity')),
                ('starts_on', models.DateField(verbose_name='starts on')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
                ('closed', models.BooleanField(default=False, help_text='As if it had never begun; the one before holds.', verbose_name='closed')),
                ('opens_office', models.BooleanField(default=True, verbose_name='open at registration offices')),
                ('opens_self', models.BooleanField(default=True, verbose_name='open on the web')),
                ('opens_app', models.BooleanField(default=True, verbose_name='open in the app')),
                ('provinces', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, help_text='Two-digit codes, separated by commas. Empty means all.', size=None, verbose_name='provinces opened')),
            ],
            options={
                'verbose_name': 'phase',
                'verbose_name_plural': 'phases',
                'ordering': ['starts_on'],
            },
        ),
        migrations.CreateModel(
            name='PilotImport',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('file_name', models.CharField(max_length=200, verbose_name='file')),
                ('state', models.CharField(choices=[('waiting', 'Waiting for a worker'), ('paused', 'Paused'), ('done', 'Done'), ('cancelled', 'Cancelled'), ('failed', 'Failed'), ('taken_back', 'Taken back')], default='waiting', max_length=12, verbose_name='state')),
                ('message', models.CharField(blank=True, max_length=300, verbose_name='message')),
                ('started_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='started')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='finished')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('matched', models.PositiveIntegerField(default=0, verbose_name='matched with the register')),
                ('differing', models.PositiveIntegerField(default=0, verbose_name='for officers')),
                ('already_there', models.PositiveIntegerField(default=0, verbose_name='already there')),
                ('rejected', models.PositiveIntegerField(default=0, verbose_name='rejected')),
                ('rejected_lines', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'import of the pilot',
                'verbose_name_plural': 'imports of the pilot',
                'ordering': ['-started_at'],
            },
        ),
        migrations.CreateModel(
            name='PilotMember',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number_key', models.UUIDField(unique=True)),
                ('state', models.CharField(choices=[('differs', 'Waiting for an officer'), ('expected', 'Has not come yet'), ('returned', 'Has accepted the new terms'), ('refused', 'Not taken over')], max_length=10)),
                ('difference', models.CharField(blank=True, choices=[('not_in_register', 'The number is not in the population register.'), ('not_alive', 'The register no longer lists the person as living.'), ('name', 'The name differs from the register.'), ('birth_date', 'The birth date differs from the register.'), ('registered', 'The person has registered anew and has a digital ID.')], max_length=20)),
                ('activated_on', models.DateField()),
                ('expires_on', models.DateField(null=True)),
                ('consent_version', models.CharField(max_length=20)),
                ('device_name', models.CharField(blank=True, max_length=60)),
                ('person_sealed', models.BinaryField(null=True)),
                ('password', models.CharField(blank=True, max_length=200)),
                ('digital_id', models.UUIDField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('terms_version', models.CharField(blank=True, max_length=20)),
                ('terms_accepted_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'person of the pilot',
                'verbose_name_plural': 'people of the pilot',
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('enrollment_id', models.UUIDField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='RejectedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.BigIntegerField(verbose_name='line')),
                ('reason', models.CharField(choices=[('columns', 'The line has more values than there are columns.'), ('empty', 'A value that has to be there is empty.'), ('number_form', 'The national ID number has not 13 digits, or begins with 0 or 9.'), ('check_digit', 'The check digit of the national ID number is wrong.'), ('too_long', 'A name is longer than 80 letters.'), ('birth_date', 'The birth date is no date of the form 1981-02-12, 1981-02 or 1981.'), ('office', 'There is no such registration office.'), ('status', 'The status is none of alive, deceased, removed.'), ('laser_code', 'The laser code has not two letters and ten digits.'), ('activated_on', 'The day of activation is no date of the form 2022-11-30.'), ('expires_on', 'The day of expiry is neither empty nor a date of the form 2030-11-30.'), ('password', 'The password is not kept as an Argon2id hash.'), ('twice_in_file', 'The number stands in the file twice; the first line counts.')], max_length=20, verbose_name='reason')),
                ('office_code', models.CharField(blank=True, max_length=4, verbose_name='office')),
            ],
            options={
                'ordering': ['line'],
            },
        ),
        migrations.CreateModel(
            name='RowBefore',
            fields=[
                ('pk', models.CompositePrimaryKey('number_key', 'run_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('number_key', models.UUIDField()),
                ('run', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, to='rollout.importrun')),
                ('person_sealed', models.BinaryField(null=True)),
                ('laser_key', models.UUIDField(null=True)),
                ('office_code', models.CharField(max_length=4, null=True)),
                ('status', models.CharField(max_length=10, null=True)),
                ('birth_year', models.SmallIntegerField(null=True)),
                ('updated_at', models.DateTimeField(null=True)),
                ('row_digest', models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Shard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('capacity', models.PositiveIntegerField()),
                ('taken', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='WaitingPerson',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('address_key', models.UUIDField(unique=True)),
                ('channel', models.CharField(choices=[('email', 'Email'), ('sms', 'Sms')], max_length=5)),
                ('address_sealed', models.BinaryField()),
                ('language', models.CharField(max_length=2)),
                ('province', models.CharField(blank=True, max_length=2)),
                ('since', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Following',
            fields=[
                ('run', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='rollout.importrun')),
                ('state', models.CharField(choices=[('counting', 'Counting how many would end'), ('held', 'Waiting for an administrator'), ('following', 'Being brought up to date'), ('done', 'Done')], default='counting', max_length=12)),
                ('done_up_to', models.UUIDField(null=True)),
                ('ending', models.PositiveIntegerField(default=0)),
                ('revoked', models.PositiveIntegerField(default=0)),
                ('suspended', models.PositiveIntegerField(default=0)),
                ('resumed', models.PositiveIntegerField(default=0)),
                ('updated', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.AddConstraint(
            model_name='importrun',
            constraint=models.UniqueConstraint(models.Value(1), condition=models.Q(('state__in', ('loading', 'paused', 'merging'))), name='one_import_at_a_time'),
        ),
        migrations.AddField(
            model_name='importchunk',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chunks', to='rollout.importrun'),
        ),
        migrations.AddField(
            model_name='officecount',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='office_counts', to='rollout.importrun'),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__gt', 0)), name='phase_has_room'),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='phase_ends_after_it_starts', violation_error_message='A phase cannot end before it starts.'),
        ),
        migrations.AddField(
            model_name='pilotmember',
            name='decided_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pilotmember',
            name='office',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='offices.office'),
        ),
        migrations.AddField(
            model_name='pilotmember',
            name='pilot_import',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='members', to='rollout.pilotimport'),
        ),
        migrations.AddField(
            model_name='rejectedrow',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rejected_rows', to='rollout.importrun'),
        ),
        migrations.AddField(
            model_name='shard',
            name='phase',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shards', to='rollout.phase'),
        ),
        migrations.AddField(
            model_name='place',
            name='shard',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='rollout.shard'),
        ),
        migrations.AddConstraint(
            model_name='importchunk',
            constraint=models.UniqueConstraint(fields=('run', 'number'), name='one_chunk_once'),
        ),
        migrations.AddConstraint(
            model_name='officecount',
            constraint=models.UniqueConstraint(fields=('run', 'office_code'), name='one_count_an_office'),
        ),
        migrations.AddConstraint(
            model_name='officecount',
            constraint=models.CheckConstraint(condition=models.Q(('in_file', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('inserted'), '+', models.F('changed')), '+', models.F('unchanged')), '+', models.F('rejected')))), name='office_count_adds_up'),
        ),
        migrations.AddIndex(
            model_name='pilotmember',
            index=models.Index(condition=models.Q(('state', 'differs')), fields=['office', 'activated_on'], name='pilot_work_list'),
        ),
        migrations.AddConstraint(
            model_name='pilotmember',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['differs', 'expected', 'returned', 'refused'])), name='member_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='pilotmember',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'differs'), _negated=True), models.Q(('difference', ''), _negated=True), _connector='OR'), name='member_differs_in_something'),
        ),
        migrations.AddIndex(
            model_name='rejectedrow',
            index=models.Index(fields=['run', 'line'], name='rejected_by_line'),
        ),
        migrations.AddConstraint(
            model_name='shard',
            constraint=models.UniqueConstraint(fields=('phase', 'number'), name='one_shard_a_number'),
        ),
        migrations.AddConstraint(
            model_name='shard',
            constraint=models.CheckConstraint(condition=models.Q(('taken__lte', models.F('capacity'))), name='shard_is_not_overfull'),
        ),
        migrations.RunPython(open_phases, migrations.RunPython.noop),
    ]
