"""Tries are counted by account and origin (core.guard): those by the account alone locked it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("identity", "0009_digital_ids_by_their_end"), ("guard", "0002_tries")]
    operations = [
        migrations.RemoveField("digitalid", "failed_attempts"),
        migrations.RemoveField("digitalid", "locked_until"),
    ]
