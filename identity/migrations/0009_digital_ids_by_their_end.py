from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0008_register_moved")]

    operations = [
        migrations.AddIndex(
            model_name="digitalid",
            index=models.Index(fields=["expires_on"], name="digital_id_by_end"),
        ),
    ]
