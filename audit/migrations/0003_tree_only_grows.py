"""Tiles are only added to; heads, receipts and seals never change."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_grow_tile() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    written int := octet_length(OLD.hashes);
BEGIN
    IF (NEW.level, NEW.number) = (OLD.level, OLD.number)
        AND octet_length(NEW.hashes) BETWEEN written + 32 AND 8192
        AND substr(NEW.hashes, 1, written) = OLD.hashes
        AND NEW.entry_ids[1:cardinality(OLD.entry_ids)] = OLD.entry_ids
        AND NEW.first_transaction IS NOT DISTINCT FROM OLD.first_transaction
        AND NEW.first_entry IS NOT DISTINCT FROM OLD.first_entry
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a tile of the audit log only grows' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_grow BEFORE UPDATE ON audit_tile
    FOR EACH ROW EXECUTE FUNCTION audit_grow_tile();
CREATE TRIGGER audit_refuse BEFORE DELETE ON audit_tile
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON audit_tile
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
""" + "".join(
    f"""
CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""
    for table in ("audit_head", "audit_receipt", "audit_seal")
)

BACKWARD = """
DROP TRIGGER audit_grow ON audit_tile;
DROP FUNCTION audit_grow_tile();
""" + "".join(
    f"DROP TRIGGER audit_refuse ON {table}; DROP TRIGGER audit_refuse_truncate ON {table};\n"
    for table in ("audit_tile", "audit_head", "audit_receipt", "audit_seal")
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_tree")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
