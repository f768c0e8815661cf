"""A resumed import reads its file as it was found to be written, and lines that are blank count."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("population", "0003_a_word_of_two")]
    operations = [
        migrations.AddField(
            model_name="importrun", name="file_format", field=models.JSONField(default=dict)
        ),
        migrations.AddField(
            model_name="importchunk", name="blank", field=models.PositiveIntegerField(default=0)
        ),
    ]
