"""What the database has to say afterwards, by plain SQL: none of the portal's own code is asked."""

import itertools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection

from devstack.desks.clock import Note

# Written down once more, so that a table of the portal that is wrong is found to be.
LEADS_TO = {
    "start": "started", "accept_terms": "consented", "capture_card": "card_captured",
    "confirm_data": "data_confirmed", "submit_selfie": "checking",
    "send_to_review": "waiting_review",
    "take": "in_review", "take_second": "in_review", "take_back": "in_review",
    "reassign": "in_review", "release": "waiting_review", "approve": "verified",
    "reject": "rejected",
    "ask_retake": "retake", "pass_to_second": "second_review", "reopen": "waiting_review",
    "set_password": "password_set", "withdraw": "withdrawn", "expire": "expired",
}  # fmt: skip
MOVES = """
SELECT subject_id, floor(extract(epoch FROM at))::bigint, substr(action, 12), actor_kind, actor_id,
       coalesce(details->>'previous', ''), coalesce(details->>'officer', '')
FROM audit_entry WHERE action LIKE 'enrollment.%%' AND floor(extract(epoch FROM at)) >= %s
  AND subject_type = 'registration.enrollment'
  AND (details ? 'previous' OR action = 'enrollment.start')
"""
DECISIONS = """
SELECT enrollment_id::text, floor(extract(epoch FROM decided_at))::bigint, move, officer_id::text,
       floor(extract(epoch FROM undone_at))::bigint
FROM registration_decision WHERE floor(extract(epoch FROM decided_at)) >= %s
"""
FINDINGS = """
SELECT enrollment_id::text, floor(extract(epoch FROM created_at))::bigint, outcome
FROM registration_finding
"""
SWITCHED_OFF = """
SELECT subject_id, floor(extract(epoch FROM at))::bigint FROM audit_entry
WHERE action = 'officer.suspended'
"""
ASKED = """
SELECT enrollment_id::text, asked_by_id::text, coalesce(answered_by_id::text, ''), asked_role,
       coalesce((SELECT role FROM offices_officer o WHERE o.id = answered_by_id), ''), act, answer
FROM registration_secondpersonrequest
"""
NOW = "SELECT id::text, state, coalesce(held_by_id::text, '') FROM registration_enrollment"


class Move(NamedTuple):
    """An entry of the log that moved a case."""

    case: str
    at: int
    name: str
    kind: str
    by: str
    previous: str
    to: str  # the officer it was put into the hands of


class Decided(NamedTuple):
    case: str
    at: int
    move: str
    by: str
    undone: int | None


@dataclass
class Day:
    """Everything there is to judge by."""

    start: int
    end: int
    moves: list[Move]
    decisions: list[Decided]
    findings: list[tuple[str, int, str]]
    switched_off: dict[str, int]
    asked: list[tuple[str, ...]]
    rows: list[tuple[str, str, str]]
    notes: list[Note] = field(default_factory=list)

    def lives(self) -> dict[str, list[Move]]:
        """The moves of each case in the order in which they can have been made."""
        found = defaultdict(list)
        for one in sorted(self.moves, key=lambda move: move.at):
            found[one.case].append(one)
        return {case: in_order(moves) for case, moves in found.items()}


def read(notes: Iterable[Note], *, start: int, end: int) -> Day:
    return Day(
        start, end, [Move(*row) for row in _rows(MOVES, start)],
        [Decided(*row) for row in _rows(DECISIONS, start)], _rows(FINDINGS),
        dict(_rows(SWITCHED_OFF)), _rows(ASKED), _rows(NOW), list(notes),
    )  # fmt: skip


def _rows(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall()


def in_order(moves: list[Move]) -> list[Move]:
    """Those of one second are chained by the state that each says it found; entries have no other
    order. Where they cannot be, they stay as they are, and the checker says so.
    """
    ordered: list[Move] = []
    state = ""
    for _at, group in itertools.groupby(moves, key=lambda move: move.at):
        some = list(group)
        fits = (one for one in itertools.permutations(some) if _chained(one, state))
        ordered += next(fits, some) if len(some) <= MOST_AT_ONCE else some
        state = after(ordered[-1])
    return ordered


MOST_AT_ONCE = 7


def _chained(moves: Iterable[Move], state: str) -> bool:
    for one in moves:
        if one.previous != state:
            return False
        state = after(one)
    return True


def after(move: Move) -> str:
    """The state that a move leads to."""
    return LEADS_TO[move.name]
