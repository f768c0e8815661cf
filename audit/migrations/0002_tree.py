"""The Merkle tree over the log, its signed heads, and what left the database sealed."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_log")]
    operations = [
        migrations.CreateModel(
            name="Tile",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "level", "number", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("level", models.SmallIntegerField()),
                ("number", models.BigIntegerField()),
                ("hashes", models.BinaryField()),
                (
                    "entry_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("first_transaction", models.BigIntegerField(null=True)),
                ("first_entry", models.BigIntegerField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["first_transaction", "first_entry"], name="audit_tile_order"
                    )
                ],
            },
        ),
        # Hashes do not compress: trying costs time.
        migrations.RunSQL(
            "ALTER TABLE audit_tile ALTER COLUMN hashes SET STORAGE EXTERNAL",
            migrations.RunSQL.noop,
        ),
        migrations.CreateModel(
            name="Cursor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cluster", models.BigIntegerField()),
                ("first_leaf", models.BigIntegerField(default=0)),
                ("floor_entry", models.BigIntegerField(default=0)),
                ("transaction", models.BigIntegerField(default=0)),
                ("entry", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Head",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tree_size", models.BigIntegerField(db_index=True)),
                ("timestamp", models.BigIntegerField(help_text="Milliseconds since 1970.")),
                ("root_hash", models.BinaryField(max_length=32)),
                ("log_id", models.BinaryField(max_length=32)),
                ("signature", models.BinaryField(max_length=64)),
            ],
            options={"get_latest_by": "id"},
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("witness", models.CharField(max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "head",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="audit.head"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("witness", "head"), name="audit_receipt_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("month", models.DateField(primary_key=True, serialize=False)),
                ("entries", models.BigIntegerField()),
                (
                    "leaves",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None
                    ),
                ),
                ("tree_size", models.BigIntegerField()),
                ("export_digest", models.BinaryField(max_length=32)),
                ("log_id", models.BinaryField(max_length=32)),
                ("signature", models.BinaryField(max_length=64)),
                ("sealed_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
    ]
