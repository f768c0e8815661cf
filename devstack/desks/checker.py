"""What broke, from the log, the tables and what people noted: rules of its own, line by line."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from devstack.desks.records import Day, Move, after

MINUTE, UNDONE_WITHIN, HELD_AT_MOST = 60, 30, 10 * 60 + 15 + 5  # the beat looks every 15 seconds
TAKES = {"take", "take_second"}
COMES_INTO_HANDS = TAKES | {"take_back", "reassign"}
DECISIONS = {"approve", "reject", "ask_retake", "pass_to_second"}
BEGINS_WAITING = {"send_to_review", "reopen"}
WAITING = {"waiting_review": 1, "second_review": 0}  # the smaller comes first


@dataclass(frozen=True)
class Hold:
    """A case in somebody's hands; `put` there by a supervisor."""

    case: str
    by: str
    since: int
    until: int
    put: bool


@dataclass(frozen=True)
class Wait:
    """A case in the queue; nobody but `passer` can touch it before `free_at`."""

    case: str
    queue: int
    citizen_since: int
    since: int
    until: int
    free_at: int


def check(day: Day) -> list[str]:
    """Each fault as a line that begins with its kind."""
    lives = day.lives()
    found = [f"error: {note.who} {note.what}" for note in day.notes if "error" in note.what]
    for moves in lives.values():
        found += list(_of_one_case(moves))
    found += list(_tables(day))
    holds = list(all_holds(lives, day.end))
    for rule in (_nobodys_hand, _several_in_hand):
        found += list(rule(day, holds))
    found += list(_order(day, lives))
    found += list(_own_cases(day, lives))
    found += list(_switched_off(day))
    return found


def _of_one_case(moves: list[Move]) -> Iterator[str]:
    """One hand at a time, one decision a round, taken back by whoever made it and in time."""
    state = holder = ""
    last: Move | None = None
    for one in moves:
        if one.previous != state:
            yield f"chain: {one.case} {one.name} found {one.previous}, and it was {state}"
        if one.name in DECISIONS and holder != one.by:
            kind = "not the holder's" if holder else "decided twice"
            yield f"{kind}: {one.case} {one.name} by {one.by}"
        yield from _of_undo(one, last)
        last = one if one.name in DECISIONS else last
        holder, state = _holder_after(one), after(one)


def _of_undo(move: Move, last: Move | None) -> Iterator[str]:
    """`last` is the decision before: until it can no longer be taken back it is its maker's."""
    late = last is None or move.at - last.at > UNDONE_WITHIN or last.by != move.by
    if move.name == "take_back" and late:
        yield f"taken back late or by another: {move.case} by {move.by}"
    second = move.name in {"take_second", "reassign"} and move.previous == "second_review"
    if second and last and move.at - last.at < UNDONE_WITHIN:
        yield f"within undo: {move.case} {move.name} after {move.at - last.at} s"


def _holder_after(move: Move) -> str:
    if move.name not in COMES_INTO_HANDS:
        return ""
    return move.to if move.name == "reassign" else move.by


def _tables(day: Day) -> Iterator[str]:
    """Decisions and their entries are the same; nobody's name stands on what is in no hands."""
    decisive = DECISIONS | {"reopen"}
    logged = Counter(
        (one.case, one.at, one.name, one.by)
        for one in day.moves
        if one.name in decisive and one.kind == "officer"
    )
    kept = Counter((one.case, one.at, one.move, one.by) for one in day.decisions)
    yield from (f"no entry: {one}" for one in (kept - logged))
    yield from (f"no row: {one}" for one in (logged - kept))
    undone = Counter((one.case, one.undone, one.by) for one in day.decisions if one.undone)
    back = Counter((one.case, one.at, one.by) for one in day.moves if one.name == "take_back")
    differs = (undone - back) + (back - undone)
    yield from (f"undone, or taken back, and not both: {one}" for one in differs)
    for case, state, holder in day.rows:
        if bool(holder) != (state == "in_review"):
            yield f"name left: {case} is {state}, and {holder or 'nobody'} has it"


def all_holds(lives: dict[str, list[Move]], end: int) -> Iterator[Hold]:
    for case, moves in lives.items():
        for one, following in zip(moves, [*moves[1:], None], strict=True):
            if by := _holder_after(one):
                until = following.at if following else end
                yield Hold(case, by, one.at, until, one.name == "reassign")


def longest_in_nobodys_hand(day: Day, holds: list[Hold]) -> Iterator[tuple[int, Hold]]:
    """Seconds from the holder's last sign, as they know it themselves, to the end of each hold."""
    signs = defaultdict(list)
    for note in day.notes:
        if note.what in {"there", "next"} or note.what.startswith("press"):
            signs[note.case, note.who].append(note.at)
    for hold in holds:
        seen = [at for at in signs[hold.case, hold.by] if hold.since <= at <= hold.until]
        yield hold.until - max(seen, default=hold.since), hold


def _nobodys_hand(day: Day, holds: list[Hold]) -> Iterator[str]:
    for spent, hold in longest_in_nobodys_hand(day, holds):
        if spent > MINUTE:
            yield f"nobody's hand: {hold.case}, {spent} s after the last sign of {hold.by}"
    for hold in holds:
        if hold.until - hold.since > HELD_AT_MOST:
            yield f"held too long: {hold.case} by {hold.by}, {hold.until - hold.since} s"


def _several_in_hand(_day: Day, holds: list[Hold]) -> Iterator[str]:
    """What a supervisor puts there besides is none's doing."""
    own = defaultdict(list)
    for hold in holds:
        if not hold.put and hold.until > hold.since:
            own[hold.by].append(hold)
    for by, some in own.items():
        some.sort(key=lambda hold: (hold.since, hold.until))
        for one, following in pairwise(some):
            if following.since < one.until:
                yield f"two in hand: {one.case} and {following.case} of {by}"


def waits(lives: dict[str, list[Move]], end: int) -> Iterator[Wait]:
    for case, moves in lives.items():
        begun = 0
        for one, following in zip(moves, [*moves[1:], None], strict=True):
            begun = one.at if one.name in BEGINS_WAITING else begun
            queue = WAITING.get(after(one))
            if queue is not None:
                free = one.at + (UNDONE_WITHIN if one.name == "pass_to_second" else 0)
                until = following.at if following else end + 1
                yield Wait(case, queue, begun, one.at, until, free)


def _order(day: Day, lives: dict[str, list[Move]]) -> Iterator[str]:
    """Whoever presses N gets what waits for a second officer first, then who waited longest: of
    all that waited before that second and that nobody else touched in it.
    """
    pressed = {(note.at, note.who, note.case) for note in day.notes if note.what == "next"}
    touched = {(note.at, note.case) for note in day.notes if note.what.startswith("press")}
    barred = _barred(day, lives) | {
        (note.who, note.case) for note in day.notes if note.what == "left"
    }
    waiting = list(waits(lives, day.end))
    place = {(one.case, one.until): (one.queue, one.citizen_since) for one in waiting}
    for move in day.moves:
        if move.name not in TAKES or (move.at, move.by, move.case) not in pressed:
            continue
        mine = place.get((move.case, move.at), (9, 0))
        for other in waiting:
            ready = max(other.since + 1, other.free_at) <= move.at < other.until
            free = (move.by, other.case) not in barred and (move.at, other.case) not in touched
            if ready and free and (other.queue, other.citizen_since) < mine:
                yield f"order: {move.by} was given {move.case}, and {other.case} came before"


def _barred(day: Day, lives: dict[str, list[Move]]) -> set[tuple[str, str]]:
    """Who may not decide what: officer and case, from whenever on. A word taken back is none."""
    found = {(asked[1], asked[0]) for asked in day.asked if asked[5] == "reopen"}
    return found | {(by, case) for by, case, _at in _passed_on(lives)}


def _passed_on(lives: dict[str, list[Move]]) -> Iterator[tuple[str, str, int]]:
    for case, moves in lives.items():
        for one, following in zip(moves, [*moves[1:], None], strict=True):
            undone = following is not None and following.name == "take_back"
            if one.name == "pass_to_second" and not undone:
                yield one.by, case, one.at


def _own_cases(day: Day, lives: dict[str, list[Move]]) -> Iterator[str]:
    """Who passed a case on, or asked for it to be opened again, has it in hand no more; a second
    person is another, of another role.
    """
    holds = list(all_holds(lives, day.end))
    since = {(by, case): at for by, case, at in _passed_on(lives)}
    reopened = {(one.case, one.by): one.at for one in day.moves if one.name == "reopen"}
    for hold in holds:
        first = since.get((hold.by, hold.case), reopened.get((hold.case, hold.by)))
        if first is not None and hold.since > first:
            yield f"own case: {hold.case} in the hands of {hold.by} again"
    yield from _approved_by_one(day, lives)
    for case, asked_by, answered_by, role, other_role, _act, answer in day.asked:
        same = asked_by == answered_by or role == other_role or not answered_by
        if answer == "agreed" and same:
            yield f"second person: {case} by {asked_by} and {answered_by}"


def _approved_by_one(day: Day, lives: dict[str, list[Move]]) -> Iterator[str]:
    """Against a failed check of the pictures that were there it takes two."""
    passed_on = list(_passed_on(lives))
    for move in day.moves:
        if move.name != "approve":
            continue
        seen = max(
            (
                (at, outcome)
                for case, at, outcome in day.findings
                if case == move.case and at <= move.at
            ),
            default=(0, ""),
        )
        others = [by for by, case, at in passed_on if case == move.case and seen[0] <= at]
        if seen[1] == "failed" and not set(others) - {move.by}:
            yield f"approved by one: {move.case} by {move.by}"


def _switched_off(day: Day) -> Iterator[str]:
    for move in day.moves:
        acts = move.name in DECISIONS | COMES_INTO_HANDS and move.kind == "officer"
        if acts and move.at > day.switched_off.get(move.by, day.end):
            yield f"switched off: {move.case} {move.name} by {move.by}"
