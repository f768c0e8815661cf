"""A file that does too much to the register waits for two administrators; a cut one is refused."""

import hashlib

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from audit.models import Entry
from audit.services import Actor
from identity.person import NOBODY, RegisterStatus
from offices.models import Officer
from population.agreeing import Question, agree_to
from population.imports import services
from population.imports.declaring import Declared
from population.imports.samples import SHOWN, samples
from population.imports.steering import agree
from population.imports.weighing import Excess, beyond
from population.models import ImportRun, RunState
from tests.factories import OfficerFactory
from tests.levers import REASON, prove_factor
from tests.population.files import people, register, staging_tables, work, write
from tests.population.runs import ACTOR, bring_in, counts
from tests.population.test_admin import step

pytestmark = pytest.mark.usefixtures("offices", "small_chunks")
ENGLISH = {"Accept-Language": "en"}
SECOND = Actor.system("second")


@pytest.fixture
def rows(tmp_path, settings) -> list[dict]:
    """Sixty people in the register, of whom a file may change, end or reject two."""
    made = [row | {"office_code": "1206", "status": "alive"} for row in people(60)]
    bring_in(write(tmp_path / "first.csv", made))
    shares = (0.034, 0.034)
    settings.REGISTER_CEILINGS = dict.fromkeys(("ended", "changed", "rejected"), shares)
    settings.REGISTER_CEILING_LEAST = 1
    return made


KINDS = {
    "ended": lambda row: row | {"status": "deceased"},
    "changed": lambda row: row | {"last_name_th": "เปลี่ยนแล้ว"},
    "rejected": lambda row: row | {"status": "asleep"},
}


@pytest.mark.parametrize("kind", KINDS)
def test_more_than_the_ceiling_waits_and_leaves_the_register(tmp_path, rows, kind):
    before = register()
    newer = [*map(KINDS[kind], rows[:2]), *rows[2:]]
    assert bring_in(write(tmp_path / "few.csv", newer)).state == RunState.DONE
    services.roll_back(ImportRun.objects.first(), actor=ACTOR)
    run = bring_in(write(tmp_path / "many.csv", [*map(KINDS[kind], rows[:3]), *rows[3:]]))
    assert (run.state, register()) == (RunState.HELD, before)
    found = {"": 3, "1206": 3}
    assert {one.office: one.count for one in beyond(run) if one.kind == kind} == found
    assert all(one.of == 60 for one in beyond(run))


def test_whoever_is_missing_counts_as_ended(tmp_path, rows):
    run = bring_in(write(tmp_path / "newer.csv", rows[3:]), complete=True)
    assert run.state == RunState.HELD
    assert beyond(run) == [Excess("ended", "", 3, 60), Excess("ended", "1206", 3, 60)]
    services.cancel(run, actor=ACTOR)
    assert (run.removed, staging_tables()) == (0, set())


def test_two_different_people_let_it_go_on(tmp_path, rows):
    run = bring_in(write(tmp_path / "newer.csv", rows[3:]), complete=True)
    for _time in range(2):
        agree(run, actor=ACTOR, reason=REASON)
        work()
        run.refresh_from_db()
        assert run.state == RunState.HELD
    agree(run, actor=SECOND, reason=REASON)
    work()
    run.refresh_from_db()
    assert (run.state, counts(run)) == (RunState.DONE, {"rows": 57, "unchanged": 57, "removed": 3})
    steps = [entry.action for entry in Entry.objects.about(run).order_by("id")]
    agreed = "register.import_agreed"
    assert steps[:3] == ["register.import_held", agreed, agreed]


def test_a_word_ends_with_the_account_of_whoever_gave_it(tmp_path, rows):
    run = bring_in(write(tmp_path / "newer.csv", rows[3:]), complete=True)
    first, second = OfficerFactory.create_batch(2, administrator=True)
    agree(run, actor=Actor.officer(first), reason=REASON)
    Officer.objects.filter(pk=first.pk).update(is_active=False)
    agree(run, actor=Actor.officer(second), reason=REASON)
    run.refresh_from_db()
    assert run.state == RunState.HELD
    agree(run, actor=Actor.officer(OfficerFactory(administrator=True)), reason=REASON)
    run.refresh_from_db()
    assert run.state == RunState.MERGING


def test_a_word_takes_a_code_typed_just_now(tmp_path, rows, admin):
    run = bring_in(write(tmp_path / "newer.csv", rows[3:]), complete=True)
    prove_factor(admin, Officer.objects.get(), ago=360)
    address = reverse("admin:population_importrun_step", args=[run.pk, "agree"])
    assert admin.post(address).headers["Location"].startswith("/staff/account/2fa/reauthenticate/")
    assert not run.agreements.exists()


def test_many_small_files_are_counted_together(tmp_path, rows):
    few = [*map(KINDS["ended"], rows[:2]), *rows[2:]]
    assert bring_in(write(tmp_path / "one.csv", few)).state == RunState.DONE
    more = [*few[:2], *map(KINDS["ended"], rows[2:4]), *rows[4:]]
    assert bring_in(write(tmp_path / "two.csv", more)).state == RunState.HELD


@pytest.mark.parametrize("question", [Question.CHANGES, Question.ENDS])
def test_a_word_on_another_question_takes_no_file_out_of_the_sum(tmp_path, rows, question):
    few = [*map(KINDS["ended"], rows[:2]), *rows[2:]]
    first = bring_in(write(tmp_path / "one.csv", few))
    for actor in (ACTOR, SECOND):
        agree_to(first, question, actor=actor, reason=REASON)
    more = [*few[:2], *map(KINDS["ended"], rows[2:4]), *rows[4:]]
    assert bring_in(write(tmp_path / "two.csv", more)).state == RunState.HELD


def test_what_two_have_seen_is_not_counted_again(tmp_path, rows):
    few = [*map(KINDS["ended"], rows[:3]), *rows[3:]]
    first = bring_in(write(tmp_path / "one.csv", few))
    for actor in (ACTOR, SECOND):
        agree(first, actor=actor, reason=REASON)
    work()
    more = [*few[:3], *map(KINDS["ended"], rows[3:5]), *rows[5:]]
    assert bring_in(write(tmp_path / "two.csv", more)).state == RunState.DONE


def test_a_first_file_waits_as_well_where_too_much_of_it_is_rejected(tmp_path, rows):
    services.roll_back(ImportRun.objects.first(), actor=ACTOR)
    run = bring_in(write(tmp_path / "again.csv", [*map(KINDS["rejected"], rows[:3]), *rows[3:]]))
    assert (run.state, register()) == (RunState.HELD, {})


def test_the_page_shows_samples_and_looking_is_logged(tmp_path, rows, admin):
    run = bring_in(write(tmp_path / "newer.csv", [*map(KINDS["changed"], rows[:3]), *rows[3:]]))
    page = admin.get(f"/admin/population/importrun/{run.pk}/change/")
    assert page.context["steps"] == ["agree", "cancel"]
    shown = admin.get(f"/admin/population/importrun/{run.pk}/samples/")
    assert len(shown.context["samples"]) == 3
    assert "เปลี่ยนแล้ว" in shown.content.decode()
    assert not any(row["number"] in shown.content.decode() for row in rows)
    assert Entry.objects.about(run).order_by("id").last().action == "register.samples_seen"
    step(admin, run, "agree", reason="too short")
    assert not run.agreements.exists()
    step(admin, run, "agree")
    assert (run.state, run.agreements.count()) == (RunState.HELD, 1)
    agreed = Entry.objects.about(run).get(action="register.import_agreed")
    assert agreed.reason == REASON


def test_the_page_shows_people_whom_the_file_would_remove(tmp_path, rows, admin):
    run = bring_in(write(tmp_path / "newer.csv", rows[3:]), complete=True)
    samples = reverse("admin:population_importrun_samples", args=[run.pk])
    page = admin.get(f"/admin/population/importrun/{run.pk}/change/")
    assert (page.context["steps"], samples in page.text) == (["agree", "cancel"], True)
    shown = admin.get(samples, headers=ENGLISH)
    told = {
        (one.before.last_name_th, one.was, one.after, one.becomes)
        for one in shown.context["samples"]
    }
    gone = ("In the register", NOBODY, "Removed from the register")
    assert told == {(row["last_name_th"], *gone) for row in rows[:3]}
    names = [f"{row['first_name_th']} {row['last_name_th']}" in shown.text for row in rows[:3]]
    assert (names, shown.text.count("<br>Removed from the register")) == ([True] * 3, 3)


def test_two_who_would_be_removed_do_not_hide_behind_forty_who_move(tmp_path, rows):
    run = bring_in(
        write(tmp_path / "newer.csv", [*map(KINDS["changed"], rows[2:42]), *rows[42:]]),
        complete=True,
    )
    told = [[one.becomes for one in samples(run)]]
    run.sampled = {}  # as one that the release before weighed
    told.append([one.becomes for one in samples(run)])
    for actor in (ACTOR, SECOND):
        agree(run, actor=actor, reason=REASON)
    work()
    run.refresh_from_db()
    told.append([one.becomes for one in samples(run)])
    stays, gone = (str(RegisterStatus(one).label) for one in ("alive", "removed"))
    assert (run.state, told) == (RunState.DONE, [[gone] * 2 + [stays] * SHOWN] * 3)
    assert run.sampled == {}


def test_the_page_shows_why_lines_were_rejected_and_where(tmp_path, rows, admin):
    wrong = [rows[0] | {"office_code": "9999"}, *map(KINDS["rejected"], rows[1:4])]
    run = bring_in(write(tmp_path / "newer.csv", [*wrong, *rows[4:]]))
    shown = admin.get(f"/admin/population/importrun/{run.pk}/samples/", headers=ENGLISH)
    told = [(str(one.reason), one.lines, one.first) for one in shown.context["rejected"]]
    assert told == [
        ("The status is none of alive, deceased, removed.", 3, 3),
        ("There is no such registration office.", 1, 2),
    ]
    assert [reason in shown.text for reason, *_ in told] == [True, True]


def test_a_file_that_holds_everybody_has_to_say_how_many(tmp_path, rows):
    path = write(tmp_path / "all.csv", rows)
    with pytest.raises(services.ImportRefused):
        services.begin(path, complete=True, resume=False)
    with pytest.raises(CommandError, match="needs its count of people"):
        call_command("import_population", path, complete=True, workers=0)
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize("cut", [False, True])
def test_a_cut_file_is_refused_by_count_and_by_digest(tmp_path, rows, cut):
    path = write(tmp_path / "all.csv", rows)
    whole = hashlib.sha256(path.read_bytes()).hexdigest()
    if cut:
        lines = path.read_text().splitlines(keepends=True)
        path.write_text("".join(lines[:4]))
    before = register()
    for declared in (Declared(rows=60), Declared(sha256=whole)):
        run = services.begin(path, complete=True, resume=False, declared=declared)
        run = services.run_import(run, path, workers=0, actor=ACTOR)
        assert run.state == (RunState.FAILED if cut else RunState.DONE)
        assert ("Transfer it again." in run.message_in_words) is cut
    assert register() == before


def test_the_admin_site_asks_for_the_count(admin, folder, rows):
    write(folder / "all.csv", rows)
    page = "/admin/population/importrun/add/"
    asked = {"file": "all.csv", "complete": "on"}
    assert admin.post(page, asked).context["form"].non_field_errors()
    assert admin.post(page, asked | {"rows": "60"}).status_code == 302
    work()
    run = ImportRun.objects.first()
    assert (run.state, run.unchanged) == (RunState.DONE, 60)
