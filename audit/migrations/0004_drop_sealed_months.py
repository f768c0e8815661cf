"""A sealed month may leave the database, whole; nothing else ever does."""

from django.db import migrations

# SECURITY DEFINER as for audit_make_month. The count is taken under a lock that keeps writers out.
FORWARD = """
CREATE FUNCTION audit_drop_month(wanted date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    month_name text := 'audit_entry_' || to_char(wanted, 'YYYY_MM');
    promised bigint;
    found bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('audit_make_month'));
    SELECT entries INTO promised FROM audit_seal WHERE month = date_trunc('month', wanted)::date;
    IF promised IS NULL THEN
        RAISE EXCEPTION 'the month % of the audit log is not sealed', to_char(wanted, 'YYYY-MM')
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF to_regclass(month_name) IS NULL THEN
        RETURN 0;
    END IF;
    EXECUTE format('LOCK TABLE %I IN ACCESS EXCLUSIVE MODE', month_name);
    EXECUTE format('SELECT count(*) FROM %I', month_name) INTO found;
    IF found <> promised THEN
        RAISE EXCEPTION 'the month has % entries, its seal says %', found, promised
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('ALTER TABLE audit_entry DETACH PARTITION %I', month_name);
    EXECUTE format('DROP TABLE %I', month_name);
    RETURN found;
END $$;

REVOKE ALL ON FUNCTION audit_drop_month(date) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_tree_only_grows")]
    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION audit_drop_month(date)")]
