from django.db import migrations, models


class Migration(migrations.Migration):
    """Every draw of head turns is counted, and a challenge ends whether it was used or not."""

    dependencies = [
        ('registration', '0005_renewals'),
    ]

    operations = [
        migrations.AddField(
            model_name='enrollment',
            name='challenge_draws',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='challenge',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
    ]
