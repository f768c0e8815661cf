"""A holder ends the digital ID, and has a day to keep it after all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0011_password_since")]
    operations = [
        migrations.AddField(
            model_name="digitalid",
            name="ending_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="digitalid",
            index=models.Index(
                condition=models.Q(
                    ("ending_at__isnull", False), ("status__in", ["active", "suspended"])
                ),
                fields=["ending_at"],
                name="digital_id_to_end",
            ),
        ),
    ]
