"""Digital IDs that keep failing to follow wait for a person, who has them counted anew."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('population', '0006_steps_of_the_owner'),
    ]

    operations = [
        migrations.AlterField(
            model_name='following',
            name='state',
            field=models.CharField(choices=[('counting', 'Counting how many would end'), ('held', 'Waiting for two administrators'), ('following', 'Being brought up to date'), ('stopped', 'Stopped after several failures'), ('done', 'Done')], default='counting', max_length=12),
        ),
    ]
