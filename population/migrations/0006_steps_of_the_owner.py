"""What an import does to tables is done by functions of the tables' owner, each one step of it.

The portal serves under a role that owns nothing. It says which run; the names follow from that.
"""

from django.db import migrations

FUNCTIONS = {
    "population_staging_of(run uuid)": """
CREATE FUNCTION population_staging_of(run uuid) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT 'population_staging_' || right(replace(run::text, '-', ''), 12)
$$;
""",
    # It may become the register one day, so who may do something with that may do it here.
    "population_make_staging(run uuid)": """
CREATE FUNCTION population_make_staging(run uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    staging text := population_staging_of(run);
    parts int;
    granting text;
BEGIN
    SELECT count(*) INTO parts FROM pg_inherits WHERE inhparent = 'population_record'::regclass;
    EXECUTE format(
        'CREATE TABLE %I (LIKE population_record) PARTITION BY HASH (number_key)', staging);
    FOR part IN 0 .. parts - 1 LOOP
        EXECUTE format(
            'CREATE TABLE %I PARTITION OF %I FOR VALUES WITH (MODULUS %s, REMAINDER %s)',
            staging || '_' || lpad(part::text, 2, '0'), staging, parts, part);
    END LOOP;
    EXECUTE format('ALTER TABLE %I ADD COLUMN line bigint', staging);
    FOR granting IN
        SELECT format('GRANT %s ON %s TO %s', privilege_type, relid, grantee::regrole)
        FROM pg_class, aclexplode(relacl), pg_partition_tree(staging::regclass)
        WHERE oid = 'population_record'::regclass AND grantee <> 0
    LOOP
        EXECUTE granting;
    END LOOP;
END $$;
""",
    "population_drop_staging(run uuid)": """
CREATE FUNCTION population_drop_staging(run uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    EXECUTE format('DROP TABLE IF EXISTS %I', population_staging_of(run));
END $$;
""",
    "population_add_key(run uuid, part int)": """
CREATE FUNCTION population_add_key(run uuid, part int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (number_key)',
        population_staging_of(run) || '_' || lpad(part::text, 2, '0'));
END $$;
""",
    "population_analyze(run uuid, part int)": """
CREATE FUNCTION population_analyze(run uuid, part int) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    EXECUTE format('ANALYZE %I', population_staging_of(run) || '_' || lpad(part::text, 2, '0'));
END $$;
""",
    # A small sample will do for a table that is asked by key; autovacuum takes a larger one later.
    "population_make_ready(run uuid)": """
CREATE FUNCTION population_make_ready(run uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET default_statistics_target = 10 AS $$
DECLARE
    staging text := population_staging_of(run);
BEGIN
    EXECUTE format('ALTER TABLE %I DROP COLUMN line', staging);
    EXECUTE format('ALTER TABLE %I ADD PRIMARY KEY (number_key)', staging);
    EXECUTE format('ANALYZE %I (number_key, office_code, status, birth_year)', staging);
END $$;
""",
    "population_put_in_place(run uuid)": """
CREATE FUNCTION population_put_in_place(run uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    staging text := population_staging_of(run);
    renaming text;
BEGIN
    IF EXISTS (SELECT 1 FROM population_record) THEN
        RETURN false;
    END IF;
    DROP TABLE population_record;
    FOR renaming IN
        SELECT format('ALTER TABLE %I RENAME TO %I; ALTER INDEX %I RENAME TO %I',
            relname, newly, relname || '_pkey', newly || '_pkey')
        FROM pg_partition_tree(staging::regclass) JOIN pg_class ON oid = relid,
            LATERAL (SELECT 'population_record' || substr(relname, length(staging) + 1)) AS _(newly)
    LOOP
        EXECUTE renaming;
    END LOOP;
    RETURN true;
END $$;
""",
    "population_empty_register(run uuid)": """
CREATE FUNCTION population_empty_register(run uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM population_importrun WHERE id = run AND replaced_table) THEN
        RAISE EXCEPTION 'the run % did not make the register', run
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    TRUNCATE population_record;
END $$;
""",
}
# What a session makes for itself must not be taken for ours, so its schema is looked in last.
CLOSED = """
DO $$ BEGIN
    EXECUTE format('ALTER FUNCTION {0} SET search_path = %I, pg_temp', current_schema());
END $$;
REVOKE ALL ON FUNCTION {0} FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("population", "0005_changes_that_wait")]
    operations = [
        migrations.RunSQL(making + CLOSED.format(name), f"DROP FUNCTION {name}")
        for name, making in FUNCTIONS.items()
    ]
