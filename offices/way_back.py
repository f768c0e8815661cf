"""What would undo a change that two people made."""

from core.typing import Json
from offices.levers import LEVERS, changes_of
from offices.models import Answer, Proposal


def way_back(proposal: Proposal) -> tuple[str, Json]:
    """Subject and values of the change that would undo an agreed one; no values where there is no
    way back. What was added cannot be deleted: it is put out of use.
    """
    lever = LEVERS[proposal.lever]
    subject = proposal.subject or lever.subject_of(proposal.new)
    if proposal.answer != Answer.AGREED or not (subject and lever.present(subject)):
        return subject, {}
    before = proposal.old if proposal.subject else lever.out_of_use
    values = {name: value for name, value in before.items() if name not in lever.once}
    return subject, changes_of(lever, subject, values)[1]
