"""How often a job waited for an outage to end; that is not counted against it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outbox", "0004_shares_and_dropped_jobs")]
    operations = [
        migrations.AddField(
            model_name="job",
            name="waits",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
