import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('subject', models.UUIDField()),
                ('state', models.CharField(choices=[('ready', 'Ready'), ('claimed', 'Claimed'), ('done', 'Done'), ('parked', 'Parked')], default='ready', max_length=10)),
                ('stage', models.CharField(blank=True, max_length=40)),
                ('deliveries', models.PositiveSmallIntegerField(default=0)),
                ('claim', models.UUIDField(null=True)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('not_before', models.DateTimeField(default=django.utils.timezone.now)),
                ('sent_at', models.DateTimeField(null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(null=True)),
                ('error', models.CharField(blank=True, max_length=200)),
                ('request_id', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['ready', 'claimed'])), fields=['not_before'], name='job_unfinished'), models.Index(fields=['subject', 'kind'], name='job_of_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['ready', 'claimed', 'done', 'parked'])), name='job_state_is_known')],
            },
        ),
    ]
