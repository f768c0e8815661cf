"""The log itself: partitioned by the month of Bangkok, numbered in steps of 32 (audit.ids)."""

import audit.actions
from django.db import migrations, models

TABLES = """
CREATE SEQUENCE audit_entry_id_seq INCREMENT BY 32;

CREATE TABLE audit_entry (
    id bigint NOT NULL,
    at timestamptz NOT NULL,
    action varchar(48) NOT NULL,
    actor_kind varchar(12) NOT NULL,
    actor_id varchar(64) NOT NULL,
    role varchar(20) NOT NULL,
    office varchar(4) NOT NULL,
    subject_type varchar(64) NOT NULL,
    subject_id varchar(64) NOT NULL,
    reason varchar(200) NOT NULL,
    request_id varchar(64) NOT NULL,
    address_class varchar(32) NOT NULL,
    details jsonb NOT NULL,
    mac bytea NOT NULL,
    transaction_id bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);

CREATE INDEX audit_entry_sequence ON audit_entry (transaction_id, id);
CREATE INDEX audit_entry_at ON audit_entry (at, id);
CREATE INDEX audit_entry_action ON audit_entry (action, at);
CREATE INDEX audit_entry_actor ON audit_entry (actor_id, at);
CREATE INDEX audit_entry_subject ON audit_entry (subject_id, at);
CREATE INDEX audit_entry_office ON audit_entry (office, at);

CREATE TABLE audit_entry_default PARTITION OF audit_entry DEFAULT;
"""

# The database itself refuses to change or remove what was written. Partitions take the parent's row
# triggers along; TRUNCATE knows statement triggers only, which they do not, so each gets its own.
APPEND_ONLY = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: the audit log only grows', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_refuse BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON audit_entry_default
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
"""

# SECURITY DEFINER: the application's role makes months ahead without a right to create tables.
# Entries that fell into the default partition (a clock far off, a month not made in time) move along.
MAKE_MONTH = """
CREATE FUNCTION audit_make_month(wanted date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    month_name text := 'audit_entry_' || to_char(wanted, 'YYYY_MM');
    lower_end timestamptz := date_trunc('month', wanted::timestamp) AT TIME ZONE 'Asia/Bangkok';
    upper_end timestamptz :=
        (date_trunc('month', wanted::timestamp) + interval '1 month') AT TIME ZONE 'Asia/Bangkok';
    strays boolean;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('audit_make_month'));
    IF to_regclass(month_name) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE audit_entry INCLUDING DEFAULTS)', month_name);
    SELECT EXISTS (SELECT 1 FROM audit_entry_default WHERE at >= lower_end AND at < upper_end) INTO strays;
    IF strays THEN
        ALTER TABLE audit_entry DETACH PARTITION audit_entry_default;
        EXECUTE format('INSERT INTO %I SELECT * FROM audit_entry_default WHERE at >= $1 AND at < $2',
                       month_name) USING lower_end, upper_end;
        DELETE FROM audit_entry_default WHERE at >= lower_end AND at < upper_end;
        ALTER TABLE audit_entry ATTACH PARTITION audit_entry_default DEFAULT;
    END IF;
    EXECUTE format('ALTER TABLE audit_entry ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                   month_name, lower_end, upper_end);
    EXECUTE format('CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON %I
                    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()', month_name);
    RETURN true;
END $$;

REVOKE ALL ON FUNCTION audit_make_month(date) FROM PUBLIC;
SELECT audit_make_month((now() AT TIME ZONE 'Asia/Bangkok')::date);
SELECT audit_make_month(((now() AT TIME ZONE 'Asia/Bangkok') + interval '1 month')::date);
"""

DROP = """
DROP FUNCTION audit_make_month(date);
DROP TABLE audit_entry;
DROP FUNCTION audit_refuse();
DROP SEQUENCE audit_entry_id_seq;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(
            TABLES + APPEND_ONLY + MAKE_MONTH,
            DROP,
            state_operations=[
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField(verbose_name="time")),
                        (
                            "action",
                            models.CharField(
                                choices=audit.actions.action_choices,
                                max_length=48,
                                verbose_name="action",
                            ),
                        ),
                        (
                            "actor_kind",
                            models.CharField(
                                choices=[
                                    ("citizen", "Citizen"),
                                    ("officer", "Officer"),
                                    ("system", "System"),
                                    ("anonymous", "Somebody not known"),
                                ],
                                max_length=12,
                                verbose_name="kind of actor",
                            ),
                        ),
                        ("actor_id", models.CharField(max_length=64, verbose_name="actor")),
                        ("role", models.CharField(max_length=20, verbose_name="role")),
                        ("office", models.CharField(max_length=4, verbose_name="office")),
                        (
                            "subject_type",
                            models.CharField(max_length=64, verbose_name="kind of subject"),
                        ),
                        ("subject_id", models.CharField(max_length=64, verbose_name="subject")),
                        ("reason", models.CharField(max_length=200, verbose_name="reason")),
                        ("request_id", models.CharField(max_length=64, verbose_name="request")),
                        (
                            "address_class",
                            models.CharField(max_length=32, verbose_name="kind of address"),
                        ),
                        ("details", models.JSONField(default=dict, verbose_name="details")),
                        ("mac", models.BinaryField(max_length=16)),
                        ("transaction_id", models.BigIntegerField()),
                    ],
                    options={
                        "verbose_name": "audit entry",
                        "verbose_name_plural": "audit entries",
                        "ordering": ["-at", "-id"],
                        "indexes": [
                            models.Index(
                                fields=["transaction_id", "id"], name="audit_entry_sequence"
                            ),
                            models.Index(fields=["at", "id"], name="audit_entry_at"),
                            models.Index(fields=["action", "at"], name="audit_entry_action"),
                            models.Index(fields=["actor_id", "at"], name="audit_entry_actor"),
                            models.Index(fields=["subject_id", "at"], name="audit_entry_subject"),
                            models.Index(fields=["office", "at"], name="audit_entry_office"),
                        ],
                    },
                ),
            ],
        ),
    ]
