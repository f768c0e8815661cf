"""Whoever waits for officers now has waited since the present state began, as far as is known."""

from django.db import migrations

WAITING = """
    UPDATE registration_enrollment SET waiting_since = state_since
    WHERE state IN ('waiting_review', 'in_review', 'second_review')
"""


class Migration(migrations.Migration):

    dependencies = [("registration", "0015_waiting_from_hand_to_hand")]

    operations = [migrations.RunSQL(WAITING, migrations.RunSQL.noop)]
