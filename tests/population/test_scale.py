"""What spreads over machines by the number's key has it in every key."""

from django.db import connection

COLUMN = "number_key"
# Tables that the number's key distributes. An enrollment learns its number only half-way.
GROWING = {
    "population_record", "identity_digitalid", "identity_device", "population_rowbefore",
    "identity_holdercontact", "identity_holdernotice", "population_heldrow", "identity_formerplace",
}  # fmt: skip
WHOLE = {"population_rowbefore", "population_heldrow", "identity_formerplace"}  # not in partitions


def ask(statement: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_every_table_that_is_partitioned_by_the_number_is_known(db):
    partitioned = ask(
        "SELECT c.relname FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid "
        "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = p.partattrs[0] "
        "WHERE a.attname = 'number_key'"
    )
    assert {name for (name,) in partitioned} == GROWING - WHOLE


def test_primary_keys_and_unique_constraints_hold_the_distribution_column(db):
    keys = ask(
        "SELECT c.relname, i.indexrelid::regclass::text, array_agg(a.attname::text) "
        "FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid "
        "JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey) "
        "WHERE i.indisunique GROUP BY 1, 2"
    )
    of_growing = [(table, name, columns) for table, name, columns in keys if table in GROWING]
    assert {table for table, _, _ in of_growing} == GROWING
    assert [name for _, name, columns in of_growing if COLUMN not in columns] == []


def test_no_foreign_key_leaves_or_enters_a_distributed_table(db):
    foreign = ask(
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint "
        "WHERE contype = 'f'"
    )
    assert [pair for pair in foreign if set(pair) & GROWING] == []
