"""What was read and confirmed goes with the face from now on; here where the face went before."""

from django.db import migrations

FORGET = """
    UPDATE registration_enrollment
    SET reading_sealed = NULL, confirmed_sealed = NULL, password = ''
    WHERE faces_deleted_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("registration", "0022_resume_checks")]

    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
