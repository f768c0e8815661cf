"""Who gets the daily summary has subscribed to it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0005_arrivals")]
    operations = [migrations.RenameModel("SummaryWish", "SummarySubscription")]
