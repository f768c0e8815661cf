from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rollout', '0010_phases_closed_again'),
    ]

    operations = [
        migrations.AddField(
            model_name='waitingperson',
            name='province',
            field=models.CharField(blank=True, max_length=2),
        ),
    ]
