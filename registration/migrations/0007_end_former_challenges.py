from django.db import migrations
from django.db.models import F
from django.db.models.functions import Coalesce


def end_them(apps, schema_editor):
    """Challenges live for minutes: whoever is in the middle of one is asked for another."""
    challenges = apps.get_model("registration", "Challenge").objects
    challenges.filter(ended_at=None).update(ended_at=Coalesce(F("used_at"), F("expires_at")))


class Migration(migrations.Migration):
    """Nothing drawn before is open any more, so that one alone can be from now on."""

    dependencies = [
        ('registration', '0006_challenge_draws'),
    ]

    operations = [
        migrations.RunPython(end_them, migrations.RunPython.noop),
    ]
