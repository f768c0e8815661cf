"""The register has an app of its own, `population`; the reason of a status is called so."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("identity", "0007_being_replaced"), ("population", "0001_the_register")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="PopulationRecord")]
        ),
        migrations.RenameField("digitalid", "standing_reason", "status_reason"),
    ]
