"""Tell the planner that areas and labels go together: it would sort where it can add up at once."""

from django.db import migrations

STATISTICS = """
    CREATE STATISTICS dashboards_counter_cells (ndistinct, dependencies)
    ON figure, area, label FROM dashboards_counter
"""


class Migration(migrations.Migration):
    dependencies = [("dashboards", "0002_counters_read_from_their_index")]

    operations = [
        migrations.RunSQL(STATISTICS, "DROP STATISTICS dashboards_counter_cells"),
    ]
