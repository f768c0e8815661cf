"""Jobs are named after the app that does them."""

from django.db import migrations

KINDS = {
    "rollout.import": "population.import",
    "rollout.follow": "population.follow",
    "rollout.pilot": "pilot.import",
}


def renaming(kinds: dict[str, str]) -> list[tuple[str, list[str]]]:
    statement = "UPDATE outbox_job SET kind = %s WHERE kind = %s"
    return [(statement, [after, before]) for before, after in kinds.items()]


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_jobs")]
    operations = [
        migrations.RunSQL(
            renaming(KINDS), renaming({after: before for before, after in KINDS.items()})
        )
    ]
