#!/bin/sh
# What the database's container does once, with an empty volume, after roles.sql: passwords, and the database.
set -eu
psql --set=ON_ERROR_STOP=1 --username=postgres --quiet <<'SQL'
\getenv owner OWNER_PASSWORD
\getenv serving SERVING_PASSWORD
\getenv backup BACKUP_PASSWORD
ALTER ROLE dopa PASSWORD :'owner';
ALTER ROLE dopa_serving PASSWORD :'serving';
ALTER ROLE dopa_backup PASSWORD :'backup';
CREATE DATABASE dopa OWNER dopa;
\connect dopa
CREATE EXTENSION IF NOT EXISTS vector;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
SQL
