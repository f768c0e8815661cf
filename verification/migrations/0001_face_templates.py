import django.utils.timezone
import pgvector.django.bit
from django.db import migrations, models
from pgvector.django import VectorExtension

PARTITIONS = 16
TABLE = """
    CREATE TABLE verification_facetemplate (
        subject uuid NOT NULL,
        owner uuid NOT NULL,
        model varchar(60) NOT NULL,
        code bit(512) NOT NULL,
        vector_sealed bytea NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (owner, subject)
    ) PARTITION BY HASH (owner);
    CREATE INDEX face_of_subject ON verification_facetemplate (subject);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        VectorExtension(),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    TABLE
                    + "".join(
                        f"CREATE TABLE verification_facetemplate_{number:02} "
                        "PARTITION OF verification_facetemplate "
                        f"FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {number});"
                        for number in range(PARTITIONS)
                    ),
                    "DROP TABLE verification_facetemplate;",
                )
            ],
            state_operations=[
                migrations.CreateModel(
                    name="FaceTemplate",
                    fields=[
                        ("subject", models.UUIDField(primary_key=True, serialize=False)),
                        ("owner", models.UUIDField()),
                        ("model", models.CharField(max_length=60)),
                        ("code", pgvector.django.bit.BitField(length=512)),
                        ("vector_sealed", models.BinaryField()),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                ),
            ],
        ),
    ]
