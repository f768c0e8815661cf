"""Going on with the log in another database cluster, after a dump was restored or pg_upgrade ran.

Each cluster numbers its transactions anew, so the sequencer stops in one that it does not know. An
administrator takes the log over: everything that came along gets its place first, what witnesses
hold is compared, and an entry says from where to where it went, what is lost, and who decided.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max

from audit.actions import Action
from audit.canonical import LEAF_SQL
from audit.heads import is_signed
from audit.inspection import inspect
from audit.merkle import leaf_hash
from audit.models import Cursor, Entry, Head
from audit.sequencer import locked_epoch
from audit.services import Actor, record
from audit.tiles import Leaf, Tree, append, last_entry, tree_size
from core.cluster import present_cluster

CAME_ALONG = f"""
    SELECT {LEAF_SQL}, id, transaction_id FROM audit_entry
    WHERE (transaction_id, id) > (%s, %s) AND id > %s ORDER BY transaction_id, id
"""  # noqa: S608 - our own columns
WRITTEN_HERE = """
    SELECT count(*) FROM audit_entry
    WHERE (transaction_id, id) <= (%s, %s) AND id > %s
      AND id > ALL (SELECT unnest(entry_ids) FROM audit_tile WHERE level = 0 ORDER BY 1)
"""


class NotAdoptable(Exception):
    """The log cannot be taken over so; the message says why and what to do."""


@dataclass(frozen=True)
class Loss:
    """What the newest head outside covers and this database does not have."""

    head: Head
    leaves: int


def adopt(*, outside: Iterable[Head], lost: int, actor: Actor) -> Cursor:
    """Take the log over into the present cluster: look at all of it, then in one transaction.

    `outside` are the heads that a witness kept. Raises NotAdoptable where there is nothing to take
    over, where what came along is not what was signed, and unless `lost` is the number of signed
    leaves that are not here: whoever decides has to say it.
    """
    heads = list(outside)
    _refuse_another_case(Cursor.objects.order_by("pk").last())
    within = [head for head in heads if head.tree_size <= tree_size()]
    for finding in inspect(outside=within):
        raise NotAdoptable(f"what came along is not whole ({finding}): see `audit verify`")
    return _take_over(heads, lost=lost, actor=actor)


@transaction.atomic
def _take_over(outside: list[Head], *, lost: int, actor: Actor) -> Cursor:
    former = locked_epoch()
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE audit_entry IN SHARE ROW EXCLUSIVE MODE")
    former, cluster = _refuse_another_case(former), present_cluster()
    _place_what_came_along(former)
    size = tree_size()
    loss = _compare(outside, size)
    if loss.leaves != lost:
        raise NotAdoptable(
            f"the newest head outside has {loss.head.tree_size} leaves, this log {size}:"
            f" {loss.leaves} signed entries are lost. Look for a newer backup; whoever decides to"
            f" go on without them says --lost {loss.leaves}"
        )
    floor = Entry.objects.aggregate(last=Max("id"))["last"] or 0
    adopted = Cursor.objects.create(cluster=cluster, first_leaf=size, floor_entry=floor)
    record(
        Action.LOG_ADOPTED,
        None,
        actor=actor,
        from_cluster=str(former.cluster),
        to_cluster=str(cluster),
        leaves=size,
        head_leaves=loss.head.tree_size,
        head_root=bytes(loss.head.root_hash).hex(),
        lost=lost,
    )
    return adopted


def _refuse_another_case(former: Cursor | None) -> Cursor:
    if former is None or former.cluster == present_cluster():
        raise NotAdoptable("the log is this cluster's already: there is nothing to adopt")
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN_HERE, [former.transaction, former.entry, former.floor_entry])
        if cursor.fetchone()[0]:
            raise NotAdoptable(
                "entries were written here before the log was adopted, and nobody can say where"
                " they belong: restore once more, and adopt before the portal is started"
            )
    return former


def _place_what_came_along(former: Cursor) -> None:
    """No transaction of the former cluster runs any more: the rest has its order."""
    place = [former.transaction, former.entry, former.floor_entry]
    with connection.cursor() as cursor:
        cursor.execute(CAME_ALONG, place)
        rest = [
            Leaf(leaf_hash(bytes(data)), entry_id, transaction_id)
            for data, entry_id, transaction_id in cursor.fetchall()
        ]
    if rest:
        append(rest, size=tree_size())
    former.transaction = rest[-1].transaction_id if rest else former.transaction
    former.entry = last_entry() or 0
    former.save(update_fields=["transaction", "entry"])


def _compare(outside: list[Head], size: int) -> Loss:
    """Every head outside that is not larger than the tree has to be one of its beginnings."""
    tree = Tree()
    if not outside:
        raise NotAdoptable("no head from outside was brought: nothing says what was signed last")
    for head in outside:
        if not is_signed(head):
            raise NotAdoptable(f"the head of {head.tree_size} leaves is not signed by this portal")
        if head.tree_size <= size and tree.root(head.tree_size) != bytes(head.root_hash):
            raise NotAdoptable(
                f"the first {head.tree_size} entries are not those that were signed:"
                " this is no honest restore, do not go on with it"
            )
    newest = max(outside, key=lambda head: (head.tree_size, head.timestamp))
    return Loss(newest, max(0, newest.tree_size - size))
