"""What says that a month left the log is an archive; sealing is what encryption does here."""

from django.db import migrations

DROP_MONTH = """
CREATE OR REPLACE FUNCTION audit_drop_month(wanted date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    month_name text := 'audit_entry_' || to_char(wanted, 'YYYY_MM');
    promised bigint;
    found bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('audit_make_month'));
    SELECT entries INTO promised FROM {table} WHERE month = date_trunc('month', wanted)::date;
    IF promised IS NULL THEN
        RAISE EXCEPTION 'the month % of the audit log is not archived', to_char(wanted, 'YYYY-MM')
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF to_regclass(month_name) IS NULL THEN
        RETURN 0;
    END IF;
    EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', month_name);
    EXECUTE format('SELECT count(*) FROM %I', month_name) INTO found;
    IF found <> promised THEN
        RAISE EXCEPTION 'the month has % entries, its archive says %', found, promised
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('ALTER TABLE audit_entry DETACH PARTITION %I', month_name);
    EXECUTE format('DROP TABLE %I', month_name);
    RETURN found;
END $$;
"""


def dropping(table: str) -> str:
    return DROP_MONTH.replace("{table}", table)


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_drop_sealed_months")]
    operations = [
        migrations.RenameModel("Seal", "MonthArchive"),
        migrations.RenameField("montharchive", "sealed_at", "archived_at"),
        migrations.RunSQL(dropping("audit_montharchive"), dropping("audit_seal")),
    ]
