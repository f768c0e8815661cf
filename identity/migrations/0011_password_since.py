"""When a holder changed the password: what was unlocked before is locked since."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0010_tries_by_origin")]
    operations = [
        migrations.AddField(
            model_name="digitalid",
            name="password_since",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
