from django.db import migrations, models

SEQUENCE = "identity_status_index"
NEXT = models.Func(models.Value(SEQUENCE), function="nextval")


class Migration(migrations.Migration):
    dependencies = [("identity", "0003_questions_about_accesses")]

    operations = [
        # Plain SQL: a default that is a sequence is filled in row by row, in one statement.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE identity_device ADD COLUMN status_index bigint NOT NULL"
                    f" DEFAULT nextval('{SEQUENCE}');"
                    "CREATE INDEX device_that_was_removed ON identity_device (status_index)"
                    " WHERE removed_at IS NOT NULL",
                    "ALTER TABLE identity_device DROP COLUMN status_index",
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name="device",
                    name="status_index",
                    field=models.BigIntegerField(db_default=NEXT, editable=False),
                ),
            ],
        ),
    ]
