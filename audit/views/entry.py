"""One entry, with the proof that it is in the log."""

import datetime
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from audit.actions import Action
from audit.merkle import includes, leaf_hash
from audit.models import EPOCH, MILLISECOND, Entry
from audit.proofs import NotProvable, prove_entry
from audit.services import Actor, record
from audit.views.access import for_readers
from audit.words import in_words


@dataclass(frozen=True)
class Shown:
    """A proof as people read it. `holds`: the entry as it is now is under the signed head."""

    holds: bool
    nth: int
    size: int
    signed_at: datetime.datetime
    leaf_hash: str
    root_hash: str
    steps: int


@require_GET
@never_cache
@for_readers
def show_entry(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(Entry.objects.visible_to(request.user), pk=pk)
    record(Action.AUDIT_VIEWED, entry, actor=Actor.signed_in(request))
    context = {"entry": entry, "shown": in_words([entry])[0], "proof": _proof_of(entry)}
    return render(request, "audit/entry.html", context)


def _proof_of(entry: Entry) -> Shown | None:
    """None while the entry has no place under a head: it gets one within a minute or two."""
    try:
        proof = prove_entry(entry)
    except NotProvable:
        return None
    head, leaf = proof["head"], leaf_hash(proof["leaf"].encode())
    path = [bytes.fromhex(step) for step in proof["inclusion_path"]]
    root, index, size = bytes.fromhex(head["root_hash"]), proof["leaf_index"], head["tree_size"]
    return Shown(
        holds=includes(root, size, index, leaf, path),
        nth=index + 1,
        size=size,
        signed_at=EPOCH + head["timestamp"] * MILLISECOND,
        leaf_hash=leaf.hex(),
        root_hash=head["root_hash"],
        steps=len(path),
    )
