import django.db.models.deletion
import django.utils.timezone
import uuid_utils.compat
from django.db import migrations, models


PARTITIONS = 16

# Every key holds the number's key, so that each table spreads over machines unchanged.
TABLES = {
    "identity_population": """
        number_key uuid NOT NULL PRIMARY KEY,
        person_sealed bytea NOT NULL,
        laser_key uuid,
        office_code varchar(4) NOT NULL,
        status varchar(10) NOT NULL,
        birth_year smallint NOT NULL,
        updated_at timestamptz NOT NULL,
        row_digest bigint
    """,
    "identity_digitalid": """
        id uuid NOT NULL,
        number_key uuid NOT NULL,
        status varchar(10) NOT NULL,
        holder_sealed bytea NOT NULL,
        portrait varchar(200) NOT NULL,
        assurance varchar(10) NOT NULL,
        channel varchar(10) NOT NULL,
        office_code varchar(4) NOT NULL,
        enrollment_id uuid,
        password varchar(200) NOT NULL,
        failed_attempts smallint NOT NULL CHECK (failed_attempts >= 0),
        locked_until timestamptz,
        issued_at timestamptz NOT NULL,
        expires_on date,
        PRIMARY KEY (number_key, id)
    """,
    "identity_device": """
        id uuid NOT NULL,
        number_key uuid NOT NULL,
        digital_id_id uuid NOT NULL,
        public_key jsonb NOT NULL,
        name varchar(60) NOT NULL,
        bound_at timestamptz NOT NULL,
        removed_at timestamptz,
        PRIMARY KEY (number_key, id)
    """,
}
INDEXES = """
    CREATE UNIQUE INDEX one_live_digital_id_a_number ON identity_digitalid (number_key)
        WHERE status IN ('active', 'suspended');
    CREATE INDEX digital_id_by_id ON identity_digitalid (id);
    CREATE INDEX digital_id_by_day ON identity_digitalid (issued_at);
    CREATE INDEX device_by_id ON identity_device (id);
    CREATE INDEX device_of_digital_id ON identity_device (digital_id_id);
"""


def partitioned(table: str, columns: str) -> str:
    parts = "".join(
        f"CREATE TABLE {table}_{number:02} PARTITION OF {table} "
        f"FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {number});"
        for number in range(PARTITIONS)
    )
    return f"CREATE TABLE {table} ({columns}) PARTITION BY HASH (number_key); {parts}"


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    " ".join(partitioned(table, columns) for table, columns in TABLES.items())
                    + INDEXES,
                    "".join(f"DROP TABLE {table};" for table in reversed(TABLES)),
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="PopulationRecord",
                    fields=[
                        ("number_key", models.UUIDField(primary_key=True, serialize=False)),
                        ("person_sealed", models.BinaryField()),
                        ("laser_key", models.UUIDField(null=True)),
                        ("office_code", models.CharField(max_length=4)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("alive", "In the register"),
                                    ("deceased", "Deceased"),
                                    ("removed", "Removed from the register"),
                                ],
                                default="alive",
                                max_length=10,
                            ),
                        ),
                        ("birth_year", models.SmallIntegerField()),
                        ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("row_digest", models.BigIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "person in the register",
                        "verbose_name_plural": "population register",
                        "db_table": "identity_population",
                    },
                ),
                migrations.CreateModel(
                    name="DigitalID",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid_utils.compat.uuid7,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("number_key", models.UUIDField()),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("active", "Valid"),
                                    ("suspended", "Suspended"),
                                    ("revoked", "Revoked"),
                                    ("expired", "Expired"),
                                ],
                                default="active",
                                max_length=10,
                            ),
                        ),
                        ("holder_sealed", models.BinaryField()),
                        ("portrait", models.CharField(blank=True, max_length=200)),
                        ("assurance", models.CharField(max_length=10)),
                        ("channel", models.CharField(max_length=10)),
                        ("office_code", models.CharField(max_length=4)),
                        ("enrollment_id", models.UUIDField(null=True)),
                        ("password", models.CharField(max_length=200)),
                        ("failed_attempts", models.PositiveSmallIntegerField(default=0)),
                        ("locked_until", models.DateTimeField(null=True)),
                        ("issued_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("expires_on", models.DateField(null=True)),
                    ],
                    options={
                        "verbose_name": "digital ID",
                        "verbose_name_plural": "digital IDs",
                        "indexes": [
                            models.Index(fields=["id"], name="digital_id_by_id"),
                            models.Index(fields=["issued_at"], name="digital_id_by_day"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status__in", ("active", "suspended"))),
                                fields=("number_key",),
                                name="one_live_digital_id_a_number",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Device",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid_utils.compat.uuid7,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("number_key", models.UUIDField()),
                        ("public_key", models.JSONField()),
                        ("name", models.CharField(max_length=60)),
                        ("bound_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("removed_at", models.DateTimeField(null=True)),
                        (
                            "digital_id",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="devices",
                                to="identity.digitalid",
                            ),
                        ),
                    ],
                ),
            ],
        ),
    ]
