"""What a lever guards is written by the levers alone: read from the sources, tried by commands."""

import ast
import re

import pytest
from django.apps import apps
from django.core.management import call_command, get_commands

from offices.models import Office
from registration.models import DecisionReason
from registration.reasons import add_missing_reasons
from relying_parties.models import RelyingParty
from rollout.models import Phase
from tests.guarded import guarded, things
from tests.rows_saved import MANY, SAVING, returned, rows_written
from tests.test_house_rules import APPS, ROOT, name_of, sources

__all__ = ["things"]
# What each command is given here.
RUN: dict[str, tuple[str, ...]] = {
    "distribute": ("--plan",),
    "embed_faces": (),
    "load_offices": (),
    "recount": ("--repair",),
    "redecide": ("face_match=0.5",),
    "reap_files": (),
    "send_daily_summary": (),
}
NOT_RUN = {
    "audit": "wants a transaction of its own; writes what is of the log alone",
    "changepassword": "asks at a terminal; sets a password, and the log has the operator",
    "createsuperuser": "makes one of the first two administrators, and refuses a third",
    "import_pilot": "wants a file; gives the people of the pilot their digital ID",
    "import_population": "wants a file; what is beyond the ceilings waits for two",
    "compile_messages": "writes files of the release and knows no database",
    "calibrate_faces": "wants pictures and knows no database",
    "match_faces": "wants pictures and knows no database",
    "read_card": "wants pictures and knows no database",
}
# Who may call what writes: the levers, and nobody else.
WRITERS = {
    "change_phase": {"rollout/levers.py", "rollout/cut_over.py"},  # a dry run is rolled back
    "save_relying_party": {"relying_parties/levers.py"},
    "invite_officer": {"offices/rights_lever.py"},
    "renew_link": {"offices/rights_lever.py"},
    "reinstate_officer": {"offices/rights_lever.py"},
    "change_rights": {"offices/rights_lever.py"},
    "add_membership": {"offices/rights_lever.py"},
    "invite_listed": {"offices/list_lever.py"},
    "switch_off": {"offices/people.py", "offices/off_lever.py"},  # by one who may; by two
    "move_line": {"rollout/line_lever.py", "rollout/tasks.py", "rollout/line/entering.py"},
    "let_begin": {"rollout/beginning.py"},  # what two agreed to, on its day
    "take_file_back": {"pilot/back_lever.py"},
    "unissue_many": {"pilot/services.py"},
    "roll_back": {"population/back_lever.py"},
    "take_held": {"population/imports/held_changes.py"},  # on the word of two (population.agreeing)
    "take_place": {"rollout/gate.py"},
    "give_place_back": {"rollout/gate.py"},
}
MODELS = (
    "LineRule",
    "Phase",
    "Shard",
    "Place",
    "RelyingParty",
    "Officer",
    "Office",
    "DecisionReason",
    "Membership",
    "FigureValue",
    "ExerciseShare",
)
# The services themselves, and what a password and a switched-off account need.
AT_HOME = {
    "rollout/services.py", "relying_parties/services.py", "offices/people.py",
    "offices/memberships.py",
    "offices/lists.py",
    "rollout/models/line.py",
    "registration/models/exercises.py",  # what holds while no lever has set it
    "dashboards/places.py",  # another Place: of the map
    "offices/off_lever.py",  # what one switched off for a day comes back by itself
    "offices/templatetags/staff.py",  # of no row: whose role is asked what it may
    "offices/services.py", "registration/reasons.py",  # what a new portal begins with
    "offices/models/officers.py",  # its first two administrators
    "offices/by_operator.py",  # a password
}  # fmt: skip

LEVERED = {
    "rollout/levers.py", "rollout/line_lever.py", "relying_parties/levers.py",
    "dashboards/steering/lever.py", "offices/row_lever.py", "registration/exercise_lever.py",
}  # fmt: skip
# Saved or deleted, and not theirs, though the sources do not say so.
LOOKED_AT = {
    "appointments/services/booking.py": {"locked"},
    "appointments/views/hours.py": {"form"},  # which checks, and calls a service
    "core/housekeeping.py": {"overdue().filter(pk__in=ids)"},  # what a duty of the clock names
    "core/static_files.py": {"self"},
    "core/storage.py": {"storages['evidence']"},
    "identity/issuing_many.py": {"some"},  # digital IDs: unissue_many, above
    "identity/pins.py": {"row"},
    "identity/short_ways.py": {"rows.filter(device_id__in=ended)"},
    "offices/idle.py": {"cache"},
    "registration/services/challenges.py": {"challenge"},
    "registration/services/evidence.py": {"unread"},
    "registration/services/help_codes.py": {"row"},
    "registration/services/resuming.py": {"check"},
    "registration/views/card_pictures.py": {"picture.convert('RGB')"},
    "registration/watermark.py": {"picture"},
    "verification/images/decoding.py": {"image"},
}


@pytest.mark.django_db
def test_no_command_writes_a_guarded_value(things):
    """What two people changed is changed still after all the commands that the portal has."""
    Office.objects.filter(pk=things["office"].pk).update(name_en="Elsewhere", province_code="99")
    reason = things["reason"]
    DecisionReason.objects.filter(pk=reason.pk).update(active=False, text_en="Other words")
    Phase.objects.filter(pk="national").update(closed=True, capacity=7)
    RelyingParty.objects.update(enabled=False)
    call_command("load_offices", verbosity=0)  # the first time it adds those that are missing
    before = guarded()
    for name, given in RUN.items():
        call_command(name, *given, verbosity=0)
    add_missing_reasons()
    assert guarded() == before
    kept = Office.objects.get(pk=things["office"].pk)
    assert [kept.name_en, kept.province_code] == ["Elsewhere", "99"]


def test_every_command_of_ours_is_tried_or_says_why_not():
    places = {app.name for app in apps.get_app_configs() if app.name.partition(".")[0] in APPS}
    own = {n for n, app in get_commands().items() if app in places and "devstack" not in app}
    assert own == set(RUN) | set(NOT_RUN)


def calls(path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            text = ast.unparse(node.func)
            found.add(text.rpartition(".")[2])
    return found


def test_nothing_but_the_levers_calls_what_writes():
    own = [path for path in sources(*APPS) if not path.is_relative_to(ROOT / "devstack")]
    called = {name_of(path): calls(path) for path in own}
    found = {name: {path for path, all_of in called.items() if name in all_of} for name in WRITERS}
    assert found == WRITERS


def written(path) -> set[str]:
    """Guarded models whose rows this file creates, updates or deletes in bulk."""
    verbs = r"(create|bulk_create|update|bulk_update|update_or_create|get_or_create|delete)"
    text = path.read_text()
    return {
        name
        for name in MODELS
        if re.search(rf"\b{name}\.objects\b[^\n]*\.{verbs}\(|(?<!class )\b{name}\(", text)
    }


def test_no_command_and_no_other_code_writes_their_rows():
    own = [path for path in sources(*APPS) if not path.is_relative_to(ROOT / "devstack")]
    wrote = {name_of(path): written(path) for path in own if written(path)}
    assert set(wrote) - AT_HOME == LEVERED - {
        "offices/row_lever.py",
        "registration/exercise_lever.py",
    }


def written_rows(verbs, *, unsaid: bool) -> dict[str, set[str]]:
    """By file, what is written that is, or may be, a row of theirs."""
    own = [path for path in sources(*APPS) if not path.is_relative_to(ROOT / "devstack")]
    trees = {name_of(path): ast.parse(path.read_text()) for path in own}
    gives, found = returned(trees.values()), {}
    for name in trees.keys() - AT_HOME - LEVERED:
        rows = rows_written(trees[name], gives, verbs)
        suspect = {row for row, of in rows if of & set(MODELS) or (unsaid and not of)}
        found |= {name: suspect} if suspect else {}
    return found


@pytest.mark.parametrize(
    ("source", "of"),
    [
        ("office = get_object_or_404(Office, pk=pk)\noffice.save()", {"Office"}),
        ("phase = Phase.objects.get()\nphase.delete()", {"Phase"}),
        ("for shard in phase.shards.all():\n  shard.save()", {"Shard"}),
        ("case = Enrollment()\ncase.save()", {"Enrollment"}),
        ("held = locked_with(pk)\nheld.save()", {"Officer"}),
        ("whatever(pk).save()", set()),
    ],
)
def test_the_sources_say_of_which_model_a_row_is(source, of):
    gives = ast.parse("def locked_with(pk) -> Officer: pass")
    body = source.replace("\n", "\n  ")
    tree = ast.parse(f"def view(request, pk):\n  {body}")
    assert [one for _row, one in rows_written(tree, returned([gives]), SAVING)] == [of]


def test_no_row_of_theirs_is_loaded_and_saved_elsewhere():
    """Nor any row of which the sources do not say what it is, but for those looked at here."""
    assert written_rows(SAVING, unsaid=True) == LOOKED_AT


def test_no_related_rows_of_theirs_are_written_elsewhere():
    """`phase.shards.update(...)` names no model."""
    assert written_rows(MANY, unsaid=False) == {}
