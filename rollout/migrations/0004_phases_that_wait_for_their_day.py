"""A phase that was agreed to for a later day does not begin by the date alone."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rollout', '0003_line_at_the_start'),
    ]

    operations = [
        migrations.AddField(
            model_name='phase',
            name='waits',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
    ]
