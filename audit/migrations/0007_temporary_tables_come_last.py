"""A session's own temporary tables must not be taken for the log by what runs as its owner."""

from django.db import migrations

FUNCTIONS = ("audit_make_month(date)", "audit_drop_month(date)")
LAST = """
DO $$ BEGIN
    EXECUTE format('ALTER FUNCTION {} SET search_path = %I, pg_temp', current_schema());
END $$
"""
AS_BEFORE = "ALTER FUNCTION {} SET search_path FROM CURRENT"


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_a_column_in_every_select")]
    operations = [
        migrations.RunSQL(LAST.format(name), AS_BEFORE.format(name)) for name in FUNCTIONS
    ]
