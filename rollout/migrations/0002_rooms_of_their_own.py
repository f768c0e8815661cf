"""What `population` and `pilot` have taken over is no longer of this app; the tables are theirs."""

from django.db import migrations

GONE = (
    "Following", "ImportChunk", "OfficeCount", "RejectedRow", "RowBefore", "ImportRun",
    "PilotMember", "PilotImport",
)


class Migration(migrations.Migration):
    dependencies = [
        ("population", "0001_the_register"),
        ("pilot", "0001_the_pilot"),
        ("rollout", "0001_rollout"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name=name) for name in GONE]
        )
    ]
