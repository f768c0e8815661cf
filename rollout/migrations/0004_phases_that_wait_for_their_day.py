"""A phase that was agreed to for a later day does not begin by the date alone, nor does one that
was agreed to before this release.
"""

from django.db import migrations, models
from django.utils import timezone


def let_them_wait(apps, _schema):
    phases = apps.get_model("rollout", "Phase").objects
    phases.filter(starts_on__gt=timezone.localdate(), closed=False).update(waits=True)


class Migration(migrations.Migration):

    dependencies = [
        ('rollout', '0003_line_at_the_start'),
    ]

    operations = [
        migrations.AddField(
            model_name='phase',
            name='waits',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.RunPython(let_them_wait, migrations.RunPython.noop),
    ]
