"""How a file of the pilot was found to be written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("pilot", "0001_the_pilot")]
    operations = [
        migrations.AddField(
            model_name="pilotimport", name="file_format", field=models.JSONField(default=dict)
        )
    ]
