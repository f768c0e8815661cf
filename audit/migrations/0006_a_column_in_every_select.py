"""A SELECT of no column is PostgreSQL's alone: a distributed one (Citus) wants a column.

For databases made before; 0001 says it so from the start by now.
"""

from django.db import migrations

NAME_A_COLUMN = """
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('audit_make_month(date)'::regprocedure),
                    '(SELECT ' || 'FROM ', '(SELECT 1 FROM ');
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_archives_of_months")]
    operations = [migrations.RunSQL(NAME_A_COLUMN, migrations.RunSQL.noop)]
