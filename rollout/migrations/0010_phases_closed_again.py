from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rollout', '0009_waiting_people'),
    ]

    operations = [
        migrations.AddField(
            model_name='phase',
            name='closed',
            field=models.BooleanField(default=False, help_text='As if it had never begun; the one before holds.', verbose_name='closed'),
        ),
    ]
