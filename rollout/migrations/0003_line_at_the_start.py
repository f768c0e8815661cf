"""The line of those who want to begin: its rule, its course, used tickets, and their numbers."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rollout', '0002_rooms_of_their_own'),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE SEQUENCE rollout_ticket", reverse_sql="DROP SEQUENCE rollout_ticket"
        ),
        migrations.CreateModel(
            name='UsedTicket',
            fields=[
                ('number', models.BigIntegerField(primary_key=True, serialize=False)),
                ('used_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='LineRule',
            fields=[
                ('id', models.PositiveSmallIntegerField(editable=False, primary_key=True, serialize=False)),
                ('mode', models.CharField(choices=[('itself', 'By itself: as fast as workers and officers can'), ('at_most', 'By itself, at most so many a minute'), ('closed', 'Nobody more is called'), ('off', 'No line: everybody begins at once')], max_length=10, verbose_name='how the line is kept')),
                ('per_minute', models.PositiveIntegerField(default=0, help_text='Counts where at most so many a minute are called; 0 elsewhere.', verbose_name='at most so many a minute')),
            ],
            options={
                'verbose_name': 'line at the start',
                'verbose_name_plural': 'line at the start',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='line_has_one_rule'), models.CheckConstraint(condition=models.Q(('mode__in', ['itself', 'at_most', 'closed', 'off'])), name='line_mode_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('mode', 'at_most'), ('per_minute__gt', 0)), models.Q(models.Q(('mode', 'at_most'), _negated=True), ('per_minute', 0)), _connector='OR'), name='line_has_a_pace_where_it_needs_one', violation_error_message='Say how many a minute where at most so many are called, and 0 elsewhere.')],
            },
        ),
        migrations.CreateModel(
            name='Stretch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(default=django.utils.timezone.now)),
                ('position', models.FloatField()),
                ('per_minute', models.FloatField()),
                ('over', models.BigIntegerField(default=0)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('per_minute__gte', 0), ('position__gte', 0)), name='line_never_moves_backwards')],
            },
        ),
    ]
