from django.db import migrations, models

from core.keyring import ring


def name_the_key(apps, schema_editor):
    """The codes there are were made under the current key."""
    apps.get_model("verification", "FaceTemplate").objects.update(key_id=ring("faces").current)


class Migration(migrations.Migration):
    """Codes under different keys do not compare, so each says its own; new faces are read by time."""

    dependencies = [("verification", "0001_face_templates")]

    operations = [
        migrations.AddField(
            "facetemplate", "key_id", models.CharField(default="", max_length=60),
            preserve_default=False,
        ),
        migrations.RunPython(name_the_key, migrations.RunPython.noop),
        migrations.AddIndex(
            "facetemplate", models.Index(fields=["created_at"], name="face_by_time"),
        ),
    ]
