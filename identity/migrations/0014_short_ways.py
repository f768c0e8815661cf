"""A passkey and a PIN of a device, found by the device alone and deleted when they end: so neither
is partitioned.
"""

import django.db.models.deletion
import django.utils.timezone
import uuid_utils.compat
from django.db import migrations, models


def of_a_device(name: str, **more: object) -> models.OneToOneField:
    return models.OneToOneField(
        db_constraint=False,
        on_delete=django.db.models.deletion.CASCADE,
        related_name=name,
        to="identity.device",
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [("identity", "0013_requests_for_correction")]

    operations = [
        migrations.CreateModel(
            name="Pin",
            fields=[
                ("device", of_a_device("pin", primary_key=True, serialize=False)),
                ("hashed", models.CharField(max_length=200)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("set_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Passkey",
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
                ("credential_id", models.BinaryField(unique=True)),
                ("credential", models.BinaryField()),
                ("sign_count", models.BigIntegerField(default=0)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("device", of_a_device("passkey")),
            ],
        ),
    ]
