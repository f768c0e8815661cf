from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offices", "0009_several_offices_and_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="why_not",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
    ]
