import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0007_call_centre_needs_no_office"),
    ]

    operations = [
        migrations.AddField(
            model_name="officer",
            name="suspended_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="offices.officer",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="office",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="offices.office",
            ),
        ),
    ]
