from django.db import migrations, models

# Head turns drawn before are counted as well: rows of a day.
COPIED = """
    UPDATE registration_challenge c SET number_key = e.number_key
    FROM registration_enrollment e WHERE e.id = c.enrollment_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0026_exercises'),
    ]

    operations = [
        migrations.AddField(
            model_name='challenge',
            name='number_key',
            field=models.UUIDField(db_index=True, null=True),
        ),
        migrations.RunSQL(COPIED, migrations.RunSQL.noop),
    ]
