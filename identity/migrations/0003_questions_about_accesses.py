"""What citizens ask about accesses to their data, and what they are answered."""

import django.db.models.deletion
import django.utils.timezone
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0002_place_in_the_status_list'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessQuestion',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('entry_id', models.BigIntegerField()),
                ('question_sealed', models.BinaryField()),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('answer_sealed', models.BinaryField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('digital_id', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='identity.digitalid')),
            ],
            options={
                'verbose_name': 'question about an access',
                'verbose_name_plural': 'questions about accesses',
                'indexes': [models.Index(fields=['answered_at', 'asked_at'], name='question_open_first')],
                'constraints': [models.UniqueConstraint(fields=('digital_id', 'entry_id'), name='one_question_an_entry'), models.CheckConstraint(condition=models.Q(models.Q(('answer_sealed', None), ('answered_at', None), ('answered_by', None)), models.Q(('answer_sealed__isnull', False), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='an_answer_is_whole')],
            },
        ),
    ]
