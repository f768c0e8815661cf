from django.db import migrations

SHARDS = 32


def spread_places(apps, schema_editor):
    """The pilot was open at offices only; both phases' places are spread over shards."""
    phases, shards = apps.get_model("rollout", "Phase"), apps.get_model("rollout", "Shard")
    phases.objects.filter(code="pilot").update(opens_self=False, opens_app=False)
    for phase in phases.objects.all():
        share, rest = divmod(phase.capacity, SHARDS)
        shards.objects.bulk_create(
            shards(phase=phase, number=number, capacity=share + (number < rest))
            for number in range(SHARDS)
        )


class Migration(migrations.Migration):
    dependencies = [("rollout", "0005_ways_and_places")]
    operations = [migrations.RunPython(spread_places, migrations.RunPython.noop)]
