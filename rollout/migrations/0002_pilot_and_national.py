from datetime import date

from django.db import migrations


def write_phases(apps, schema_editor):
    """The two phases of the announcement of 23 January 2023."""
    phase = apps.get_model("rollout", "Phase")
    phase.objects.create(
        code="pilot", name="Pilot", capacity=100_000, starts_on=date(2020, 10, 1)
    )
    phase.objects.create(
        code="national", name="National", capacity=60_000_000, starts_on=date(2023, 1, 20)
    )


class Migration(migrations.Migration):
    dependencies = [("rollout", "0001_phases")]
    operations = [migrations.RunPython(write_phases, migrations.RunPython.noop)]
