from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0004_places_of_devices")]

    operations = [
        migrations.AddField(
            model_name="digitalid",
            name="standing_reason",
            field=models.CharField(db_default="", editable=False, max_length=20),
        ),
        migrations.AddField(
            model_name="digitalid",
            name="holder_since",
            field=models.DateTimeField(editable=False, null=True),
        ),
        # What a rollback of an import looks for; few have either.
        migrations.RunSQL(
            "CREATE INDEX digital_id_that_followed ON identity_digitalid (number_key)"
            " WHERE standing_reason = 'left_register' OR holder_since IS NOT NULL",
            "DROP INDEX digital_id_that_followed",
        ),
        migrations.CreateModel(
            name="FormerPlace",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "number_key",
                        "status_index",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number_key", models.UUIDField()),
                ("status_index", models.BigIntegerField(db_index=True)),
            ],
        ),
    ]
