"""What stands in a message is kept apart from its sentence, so that each reader's page has it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('population', '0007_stopped_after_failures'),
    ]

    operations = [
        migrations.AddField(
            model_name='importrun',
            name='message_values',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
    ]
