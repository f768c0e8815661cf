-- The portal's database roles: once in a cluster, as its superuser, and again whenever it may have grown.
-- A password each comes after it (psql: \password dopa). One statement a line, as devstack/embedded reads it.
-- Owns the database and its tables: migrations, `manage.py audit grant`, `archive` and `adopt`.
DO $$ BEGIN CREATE ROLE dopa LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
-- A change of a table stands behind who uses it, and all others behind the change: it gives up and is run again.
ALTER ROLE dopa SET lock_timeout = '10s';
-- Owns nothing: web, workers and beat.
DO $$ BEGIN CREATE ROLE dopa_serving LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
-- Reads everything and changes nothing: backups, replicas, dumps.
DO $$ BEGIN CREATE ROLE dopa_backup LOGIN REPLICATION; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
GRANT pg_read_all_data TO dopa_backup;
