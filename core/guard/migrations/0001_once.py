"""What may happen once: rows, as Redis may be wiped."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.CreateModel(
            name="Once",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.UUIDField(null=True)),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
