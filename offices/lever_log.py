"""What the log keeps of a change of a lever."""

import hashlib
import json

from django.db.models import Model

from audit.actions import Action
from audit.guard import MAX_LIST, NotForTheLog, checked_details
from audit.services import Actor, record
from offices.models import Proposal


def log_change(
    action: Action, proposal: Proposal, *, about: Model, not_logged: frozenset[str], actor: Actor
) -> None:
    """The reason is that of whoever said no, or else that for which it was asked."""
    values = {
        f"{name}_{when}": _for_log(value)
        for when, of in (("before", proposal.old), ("after", proposal.new))
        for name, value in of.items()
        if name not in not_logged
    }
    named = sorted(not_logged & set(proposal.new))
    record(
        action,
        about,
        actor=actor,
        reason=proposal.why_not or proposal.reason,
        lever=proposal.lever,
        **({"about": proposal.subject} if about == proposal else {"change": str(proposal.pk)}),
        people=proposal.people,
        **({"also": named} if named else {}),
        **values,
    )


def _for_log(value: object) -> object:
    """As the log keeps it: long lists joined in parts, other things as a digest of them."""
    if isinstance(value, list) and len(value) > MAX_LIST:
        parts = range(0, len(value), MAX_LIST)
        value = [" ".join(map(str, value[n : n + MAX_LIST])) for n in parts]
    try:
        return checked_details({"value": value})["value"]
    except NotForTheLog:
        whole = json.dumps(value, sort_keys=True, ensure_ascii=False)
        return f"sha256:{hashlib.sha256(whole.encode()).hexdigest()}"
