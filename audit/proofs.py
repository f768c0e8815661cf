"""What an outsider checks without us: that an entry is under a head, that heads go on from heads.

A proof is a dict that is written as JSON; binary values in it are hex.
"""

from typing import TypedDict

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection
from django.db.models import Q

from audit.canonical import LEAF_SQL
from audit.heads import HeadFields, fields_of
from audit.keys import public_keys
from audit.merkle import consistency_path, inclusion_path
from audit.models import Entry, Head, Tile
from audit.tiles import WIDTH, Tree

LEAF = f"SELECT {LEAF_SQL} FROM audit_entry WHERE id = %s AND at = %s"  # noqa: S608 - our own


class Inclusion(TypedDict):
    leaf: str
    leaf_index: int
    inclusion_path: list[str]
    head: HeadFields
    public_key: str


class Growth(TypedDict):
    old_head: HeadFields
    consistency_path: list[str]
    head: HeadFields
    public_key: str


class NotProvable(LookupError):
    """There is no signed head that covers what was asked for. The message says why."""


def leaf_index(entry: Entry) -> int:
    """The entry's place in the tree, from 0; NotProvable when it has none yet."""
    leaves = Tile.objects.filter(level=0)
    place = entry.transaction_id, entry.pk
    not_after = Q(first_transaction=place[0], first_entry__lte=place[1])
    likely = (
        leaves.filter(Q(first_transaction__lt=place[0]) | not_after)
        .order_by("-first_transaction", "-first_entry")
        .first()
    )
    # A log that was moved between clusters counted transactions twice: then the list decides.
    if likely is None or entry.pk not in likely.entry_ids:
        likely = leaves.filter(entry_ids__contains=[entry.pk]).first()
    if likely is None:
        raise NotProvable(f"entry {entry.pk} has no place in the tree yet")
    return likely.number * WIDTH + likely.entry_ids.index(entry.pk)


def prove_entry(entry: Entry, *, under: int | None = None) -> Inclusion:
    """That the entry is under a head: the leaf's text, its place, the path, the head.

    `under` is the head's number of leaves; the newest head without it. Raises NotProvable.
    """
    index, head = leaf_index(entry), head_of(under)
    if index >= head.tree_size:
        raise NotProvable(f"entry {entry.pk} is not covered by a head of {head.tree_size} leaves")
    path = inclusion_path(index, head.tree_size, Tree().perfect)
    return {
        "leaf": _leaf_text(entry),
        "leaf_index": index,
        "inclusion_path": [step.hex() for step in path],
        "head": fields_of(head),
        "public_key": public_key(head),
    }


def prove_growth(old: int, *, under: int | None = None) -> Growth:
    """That a head's tree begins with the `old` leaves of an earlier one; raises NotProvable."""
    earlier, head = head_of(old), head_of(under)
    if earlier.tree_size > head.tree_size:
        raise NotProvable("the earlier head is the larger one")
    path = consistency_path(earlier.tree_size, head.tree_size, Tree().perfect)
    return {
        "old_head": fields_of(earlier),
        "consistency_path": [step.hex() for step in path],
        "head": fields_of(head),
        "public_key": public_key(head),
    }


def head_of(size: int | None) -> Head:
    """The head of `size` leaves, the newest for None; raises NotProvable."""
    heads = Head.objects.order_by("-pk")
    head = (heads if size is None else heads.filter(tree_size=size)).first()
    if head is None:
        raise NotProvable(f"no head of {size} leaves" if size else "no head has been signed yet")
    return head


def public_key(head: Head) -> str:
    """The raw Ed25519 key that the head is signed with, hex."""
    key = public_keys().get(bytes(head.log_id))
    if key is None:
        raise NotProvable(f"the key of the head of {head.tree_size} leaves is not in the keyring")
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def _leaf_text(entry: Entry) -> str:
    with connection.cursor() as cursor:
        cursor.execute(LEAF, [entry.pk, entry.at])
        return bytes(cursor.fetchone()[0]).decode()
