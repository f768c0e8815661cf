"""What stands in a message is kept apart from its sentence, so that each reader's page has it."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pilot', '0002_how_a_file_is_written'),
    ]

    operations = [
        migrations.AddField(
            model_name='pilotimport',
            name='message_values',
            field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
        ),
    ]
