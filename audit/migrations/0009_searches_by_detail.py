from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0008_searches_and_alerts")]

    operations = [
        migrations.AddField(
            model_name="savedsearch",
            name="detail",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
        migrations.RemoveConstraint(model_name="savedsearch", name="audit_saved_once"),
        migrations.AddConstraint(
            model_name="savedsearch",
            constraint=models.UniqueConstraint(
                fields=("owner", "about", "subject_id", "action", "detail", "days"),
                name="audit_saved_once",
            ),
        ),
    ]
