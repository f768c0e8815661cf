from django.db import migrations, models

SEQUENCE = "identity_status_index"
NEXT = models.Func(models.Value(SEQUENCE), function="nextval")


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_register_and_digital_ids")]

    operations = [
        migrations.RunSQL(
            f"CREATE SEQUENCE {SEQUENCE} MINVALUE 0", f"DROP SEQUENCE {SEQUENCE}"
        ),
        # Plain SQL: a default that is a sequence is filled in row by row, in one statement.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE identity_digitalid ADD COLUMN status_index bigint NOT NULL"
                    f" DEFAULT nextval('{SEQUENCE}');"
                    "CREATE INDEX digital_id_not_in_force ON identity_digitalid (status_index)"
                    " WHERE status IN ('suspended', 'revoked', 'expired')",
                    "ALTER TABLE identity_digitalid DROP COLUMN status_index",
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name="digitalid",
                    name="status_index",
                    field=models.BigIntegerField(db_default=NEXT, editable=False),
                ),
            ],
        ),
    ]
