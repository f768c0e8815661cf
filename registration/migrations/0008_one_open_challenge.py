from django.db import migrations, models


class Migration(migrations.Migration):
    """Two tabs that ask at once cannot leave two challenges open."""

    dependencies = [
        ('registration', '0007_end_former_challenges'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='challenge',
            constraint=models.UniqueConstraint(
                condition=models.Q(('ended_at', None)),
                fields=('enrollment',),
                name='one_open_challenge',
            ),
        ),
    ]
