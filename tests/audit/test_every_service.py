"""Every service that writes rows writes an entry as well, itself or through a neighbour.

Read from the sources, so that a new service cannot be forgotten: a function that saves, creates,
updates or deletes has to be called by, or to call, one that records.
"""

import ast
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = (
    *("offices", "identity", "registration", "relying_parties", "population", "pilot", "rollout"),
    "appointments",
)
WRITING = {"save", "create", "bulk_create", "update", "delete", "get_or_create", "update_or_create"}
RECORDING = {"record", "move", "move_locked", "move_served"}
ON_ROWS = ("objects", ".filter", "locked", ".save", ".delete")
# These write no entry in their own file, each for a reason.
EXCEPT = {
    "appointments/services/slots.py take_slot": "the appointment that takes it has its entry",
    "appointments/services/slots.py give_back": "as does the one that gives it back",
    "appointments/services/opening.py open_further": "the same hours, of which there is an entry",
    "offices/services.py load_offices": "the list of offices, as it comes with the portal",
    "registration/services/challenges.py _draw": "a riddle of seconds, before the selfie",
    "registration/services/challenges.py issue_challenge": "with colours or without, as asked",
    "registration/services/challenges.py settle_step": "one turn of it; the selfie's move tells",
    "registration/services/checking.py save_reading": "what the machine read; the move tells of it",
    "registration/services/counter.py begin_at_counter": "start_enrollment records",
    "registration/services/evidence.py keep_picture": "the move that hands it in records",
    "registration/services/evidence.py set_aside": "the move that takes its place records",
    "registration/services/evidence.py note_read": "what the machine read; the move tells of it",
    "registration/services/group_outcomes.py note_outcome": "of nobody; the move tells of it",
    "registration/services/help_line.py suspend": "change_status records, with what the agent said",
    "registration/services/notifications.py close_notice": "by the sender, that it is sent",
    "registration/services/renewing.py forget_proof": "the return that calls for it records",
    "population/following.py ask_to_follow": "the import and its rollback record",
    "population/following.py follow_again": "the second word for what it follows records",
    "population/imports/services.py begin": "the import records what became of it",
    "rollout/services.py take_place": "a count; the move of the enrollment records",
    "rollout/services.py give_place_back": "a count; the move of the enrollment records",
}


def services() -> list[Path]:
    found = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))]
    named = {"services", "services.py", "people.py", "life.py", "passwords.py", "access.py"}
    named |= {"following.py"}
    return [path for path in found if named & set(path.relative_to(ROOT).parts)]


def names_in(function: ast.FunctionDef) -> set[str]:
    """All names and attributes a function mentions: what it may call, or hand on to be called."""
    nodes = list(ast.walk(function))
    plain = {node.id for node in nodes if isinstance(node, ast.Name)}
    return plain | {node.attr for node in nodes if isinstance(node, ast.Attribute)}


def writes(function: ast.FunctionDef) -> bool:
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(
        isinstance(call, ast.Attribute)
        and call.attr in WRITING
        and any(mark in ast.unparse(call) for mark in ON_ROWS)
        and "hash" not in ast.unparse(call)
        for call in calls
    )


def neighbours(name: str, mentions: dict[str, set[str]]) -> set[str]:
    """The function, those of its file that come to it, and all that these come to."""
    found, before = {name}, set()
    while found != before:
        before = set(found)
        found |= {caller for caller, named in mentions.items() if named & found}
    before = set()
    while found != before:
        before = set(found)
        found |= {named for one in found for named in mentions[one]} & mentions.keys()
    return found


def test_every_service_that_writes_records():
    silent = set()
    for path in services():
        tree = ast.parse(path.read_text())
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        mentions = {function.name: names_in(function) for function in functions}
        for function in filter(writes, functions):
            near = neighbours(function.name, mentions)
            if not any(mentions[one] & RECORDING for one in near):
                silent.add(f"{path.relative_to(ROOT).as_posix()} {function.name}")
    assert silent == set(EXCEPT)
