"""Gives committed entries their places in the tree, in an order that can never be cut into.

Entries are taken by (transaction, entry number), and only from transactions older than any that
still runs. So nothing can commit later and belong before what has its place; no entry waits for
another when it is written; and a run that dies has done nothing or all of its batch.
"""

from django.db import connection, transaction

from audit.canonical import LEAF_SQL
from audit.merkle import leaf_hash
from audit.models import Cursor
from audit.tiles import Leaf, TreeDamaged, append, last_entry, tree_size
from core.cluster import OtherCluster, present_cluster

BATCH = 8192
NEXT = f"""
    SELECT {LEAF_SQL}, id, transaction_id FROM audit_entry
    WHERE (transaction_id, id) > (%s, %s) AND id > %s
      AND transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ORDER BY transaction_id, id LIMIT %s
"""  # noqa: S608 - our own columns


def sequence_all() -> int:
    """Sequence until nothing is left to; the number of entries that got a place."""
    total = 0
    while done := sequence():
        total += done
    return total


@transaction.atomic
def sequence(*, most: int = BATCH) -> int:
    """Give up to `most` entries their places; how many got one.

    Raises TreeDamaged when the tree does not end where the cursor stands, OtherCluster when the
    transactions' numbers are not those of before.
    """
    cursor = locked_cursor()
    size = tree_size()
    if size and last_entry() != cursor.entry and size != cursor.first_leaf:
        raise TreeDamaged("the tree does not end with the entry that was sequenced last")
    leaves = _next_leaves(cursor, most)
    if leaves:
        append(leaves, size=size)
        cursor.transaction, cursor.entry = leaves[-1].transaction_id, leaves[-1].entry_id
        cursor.save(update_fields=["transaction", "entry"])
    return len(leaves)


def locked_epoch() -> Cursor | None:
    """The last cluster's cursor, held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('audit_sequencer'))")
    return Cursor.objects.order_by("-pk").select_for_update().first()


def locked_cursor() -> Cursor:
    """The present cluster's, held likewise: sequencers work one after the other."""
    found = locked_epoch()
    cluster = present_cluster()
    if found is None:
        return Cursor.objects.create(cluster=cluster)
    if found.cluster != cluster:
        raise OtherCluster("this is another database cluster: run `manage.py audit adopt`")
    return found


def _next_leaves(place: Cursor, most: int) -> list[Leaf]:
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [place.transaction, place.entry, place.floor_entry, most])
        return [
            Leaf(leaf_hash(bytes(data)), entry_id, transaction_id)
            for data, entry_id, transaction_id in cursor.fetchall()
        ]
