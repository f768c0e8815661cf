"""A question without an entry of the log asks for the data to be corrected, one at a time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0012_ended_by_the_holder")]
    operations = [
        migrations.AlterField(
            model_name="accessquestion",
            name="entry_id",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name="accessquestion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at", None), ("entry_id", None)),
                fields=("digital_id",),
                name="one_open_correction",
            ),
        ),
    ]
