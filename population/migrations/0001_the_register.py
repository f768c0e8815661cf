"""The register and its imports come from the apps `identity` and `rollout`, with all their rows."""

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import uuid_utils.compat
from django.db import migrations, models

PARTITIONS = range(16)
RENAMED = {
    "identity_population": "population_record",
    **{f"identity_population_{part:02}": f"population_record_{part:02}" for part in PARTITIONS},
    **{
        f"rollout_{table}": f"population_{table}"
        for table in (
            "importrun", "importchunk", "rejectedrow", "officecount", "rowbefore", "following",
        )
    },
}
KEYS = {name: RENAMED[name] for name in RENAMED if name.startswith("identity_population")}
STAGED = """
    DO $$ DECLARE relation record; BEGIN
        FOR relation IN SELECT relname FROM pg_class
            WHERE relname LIKE '{0}\\_staging\\_%' AND relkind IN ('r', 'p', 'i', 'I')
        LOOP
            EXECUTE format('ALTER TABLE %I RENAME TO %I', relation.relname,
                           '{1}' || substr(relation.relname, {2}));
        END LOOP;
    END $$;
"""
FORMERLY = {
    "populationrecord": "identity",
    **dict.fromkeys(
        ("importrun", "importchunk", "rejectedrow", "officecount", "rowbefore", "following"),
        "rollout",
    ),
}


def renaming(*, back: bool) -> str:
    """SQL that gives tables and keys their new names, or the former ones; a run's table too."""
    pairs = [(f"TABLE {old}", new) for old, new in RENAMED.items()]
    pairs += [(f"INDEX {old}_pkey", f"{new}_pkey") for old, new in KEYS.items()]
    if back:
        pairs = [
            (f"{what.split()[0]} {new}", what.split()[1]) for what, new in pairs
        ]
    sql = "".join(f"ALTER {what} RENAME TO {name};" for what, name in pairs)
    before, after = ("population", "rollout") if back else ("rollout", "population")
    return sql + STAGED.format(before, after, len(before) + 1)


def keep_permissions(apps, schema_editor):
    """What was granted for a model is granted for it in its new app."""
    types = apps.get_model("contenttypes", "ContentType")
    for model, before in FORMERLY.items():
        types.objects.filter(app_label=before, model=model).update(app_label="population")


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("identity", "0007_being_replaced"),
        ("rollout", "0001_rollout"),
    ]

    operations = [
        migrations.RunPython(keep_permissions, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(renaming(back=False), renaming(back=True)),
            ],
            state_operations=[
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
                    name='PopulationRecord',
                    fields=[
                        ('number_key', models.UUIDField(primary_key=True, serialize=False)),
                        ('person_sealed', models.BinaryField()),
                        ('laser_key', models.UUIDField(null=True)),
                        ('office_code', models.CharField(max_length=4)),
                        ('status', models.CharField(choices=[('alive', 'In the register'), ('deceased', 'Deceased'), ('removed', 'Removed from the register')], default='alive', max_length=10)),
                        ('birth_year', models.SmallIntegerField()),
                        ('updated_at', models.DateTimeField(default=django.utils.timezone.now)),
                        ('row_digest', models.BigIntegerField(null=True)),
                    ],
                    options={
                        'verbose_name': 'person in the register',
                        'verbose_name_plural': 'population register',
                        'db_table': 'population_record',
                    },
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
                        ('run', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, to='population.importrun')),
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
                    name='Following',
                    fields=[
                        ('run', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='population.importrun')),
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
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chunks', to='population.importrun'),
                ),
                migrations.AddField(
                    model_name='officecount',
                    name='run',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='office_counts', to='population.importrun'),
                ),
                migrations.AddField(
                    model_name='rejectedrow',
                    name='run',
                    field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rejected_rows', to='population.importrun'),
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
                    model_name='rejectedrow',
                    index=models.Index(fields=['run', 'line'], name='rejected_by_line'),
                ),
            ],
        ),
    ]
