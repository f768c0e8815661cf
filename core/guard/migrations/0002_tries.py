"""How often a secret is guessed, by account and by whence."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guard", "0001_once")]
    operations = [
        migrations.CreateModel(
            name="Tries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("account", models.UUIDField()),
                ("origin", models.UUIDField()),
                ("tries", models.PositiveIntegerField(default=0)),
                ("since", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ("locked_until", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "origin"), name="one_count_an_origin"
                    )
                ],
            },
        ),
    ]
