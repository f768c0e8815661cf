"""What holders are told and where, partitioned on the number's key as the digital IDs are."""

import django.db.models.deletion
import django.utils.timezone
import uuid_utils.compat
from django.db import migrations, models

import identity.models

PARTITIONS = 16

TABLES = {
    "identity_holdercontact": """
        digital_id_id uuid NOT NULL,
        number_key uuid NOT NULL,
        channel varchar(5) NOT NULL,
        address_sealed bytea NOT NULL,
        language varchar(2) NOT NULL,
        given_at timestamptz NOT NULL,
        PRIMARY KEY (number_key, digital_id_id)
    """,
    "identity_holdernotice": """
        id uuid NOT NULL,
        number_key uuid NOT NULL,
        digital_id_id uuid NOT NULL,
        kind varchar(20) NOT NULL,
        details jsonb NOT NULL,
        once uuid,
        at timestamptz NOT NULL,
        seen_at timestamptz,
        recipients_sealed bytea,
        outcome varchar(10) NOT NULL,
        done_at timestamptz,
        PRIMARY KEY (number_key, id)
    """,
}
INDEXES = """
    CREATE INDEX holder_contact_of_digital_id ON identity_holdercontact (digital_id_id);
    CREATE INDEX holder_notice_by_id ON identity_holdernotice (id);
    CREATE INDEX holder_notice_of_digital_id ON identity_holdernotice (digital_id_id);
    CREATE UNIQUE INDEX one_holder_notice_of_a_thing
        ON identity_holdernotice (number_key, kind, once) WHERE once IS NOT NULL;
"""


def partitioned(table: str, columns: str) -> str:
    parts = "".join(
        f"CREATE TABLE {table}_{number:02} PARTITION OF {table} "
        f"FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {number});"
        for number in range(PARTITIONS)
    )
    return f"CREATE TABLE {table} ({columns}) PARTITION BY HASH (number_key); {parts}"


class Migration(migrations.Migration):
    dependencies = [("identity", "0005_following_the_register")]

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
                    name="HolderContact",
                    fields=[
                        (
                            "digital_id",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="contact",
                                serialize=False,
                                to="identity.digitalid",
                            ),
                        ),
                        ("number_key", models.UUIDField()),
                        (
                            "channel",
                            models.CharField(
                                choices=[("email", "Email"), ("sms", "Sms")], max_length=5
                            ),
                        ),
                        ("address_sealed", models.BinaryField()),
                        ("language", models.CharField(max_length=2)),
                        ("given_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                ),
                migrations.CreateModel(
                    name="HolderNotice",
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
                            "kind",
                            models.CharField(choices=identity.models.notice_kinds, max_length=20),
                        ),
                        ("details", models.JSONField(default=dict)),
                        ("once", models.UUIDField(null=True)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("seen_at", models.DateTimeField(null=True)),
                        ("recipients_sealed", models.BinaryField(null=True)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("inbox_only", "Inbox Only"),
                                    ("sent", "Sent"),
                                    ("not_sent", "Not Sent"),
                                    ("given_up", "Given Up"),
                                ],
                                default="inbox_only",
                                max_length=10,
                            ),
                        ),
                        ("done_at", models.DateTimeField(null=True)),
                        (
                            "digital_id",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notices",
                                to="identity.digitalid",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["id"], name="holder_notice_by_id")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("once__isnull", False)),
                                fields=("number_key", "kind", "once"),
                                name="one_holder_notice_of_a_thing",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
