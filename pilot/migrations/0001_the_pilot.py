"""The pilot's tables come from the app `rollout`, with all their rows."""

import django.db.models.deletion
import django.utils.timezone
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models

FORMERLY = {"pilotimport": "rollout", "pilotmember": "rollout"}


def keep_permissions(apps, schema_editor):
    """What was granted for a model is granted for it in its new app."""
    types = apps.get_model("contenttypes", "ContentType")
    for model, before in FORMERLY.items():
        types.objects.filter(app_label=before, model=model).update(app_label="pilot")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("offices", "0004_invitations_and_sign_in_tries"),
        ("rollout", "0001_rollout"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(keep_permissions, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"ALTER TABLE rollout_{model} RENAME TO pilot_{model}",
                    f"ALTER TABLE pilot_{model} RENAME TO rollout_{model}",
                )
                for model in ("pilotimport", "pilotmember")
            ],
            state_operations=[
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
                        ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                        ('office', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='offices.office')),
                        ('pilot_import', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='members', to='pilot.pilotimport')),
                    ],
                    options={
                        'verbose_name': 'person of the pilot',
                        'verbose_name_plural': 'people of the pilot',
                        'indexes': [models.Index(condition=models.Q(('state', 'differs')), fields=['office', 'activated_on'], name='pilot_work_list')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['differs', 'expected', 'returned', 'refused'])), name='member_state_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'differs'), _negated=True), models.Q(('difference', ''), _negated=True), _connector='OR'), name='member_differs_in_something')],
                    },
                ),
            ],
        ),
    ]
