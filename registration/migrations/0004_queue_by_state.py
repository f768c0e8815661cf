from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('offices', '0004_invitations_and_sign_in_tries'),
        ('registration', '0003_workbench'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='enrollment',
            name='enrollment_queue',
        ),
        migrations.AddIndex(
            model_name='enrollment',
            index=models.Index(condition=models.Q(('state__in', ['waiting_review', 'in_review', 'second_review'])), fields=['office', 'state', 'state_since'], name='enrollment_queue'),
        ),
    ]
