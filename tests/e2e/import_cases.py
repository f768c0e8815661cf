"""An import of the register and one of the pilot in each state in which it is looked at, for a
portal that runs: by the services that workers call, mostly under the ceilings that hold.
"""

import tempfile
from pathlib import Path

from django.test import override_settings

from core.outbox import services as outbox
from core.outbox.models import Job, JobState
from pilot import jobs as pilot_jobs
from pilot.models import PilotImport, PilotImportState
from pilot.services import run_import
from pilot.steering import IMPORT
from population import jobs
from population.following import FOLLOW
from population.imports.services import cancel
from population.models import ImportRun, RunState
from tests.factories import PilotImportFactory
from tests.pilot.files import HASHED, of_the_pilot
from tests.population.files import people, write
from tests.population.runs import ACTOR, bring_in

KNOWN = 60  # a third and more of them changed is beyond every ceiling
SOMEBODY_ELSE = {"first_name_th": "ใครก็ไม่รู้", "birth_date": "2001-01-01"}
RUNS = ("stopped", "failed", "doubted", "ending", "held")
PILOT = ("pilot_failed", "pilot_paused", "pilot_done")


class Imports:
    """Each method makes one of a kind; the first of RUNS come before the PILOT."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = [row | {"status": "alive"} for row in people(KNOWN, seed=98)]

    def stopped(self) -> ImportRun:
        """All are in the register; their digital IDs keep failing to follow."""
        run = self._bring_in(self.rows, "register-2569-01.csv")
        for job in Job.objects.filter(kind=FOLLOW, subject=run.pk):
            jobs.stop_following(job)
            job.delete()
        return run

    def failed(self) -> ImportRun:
        """Its file lacks a column."""
        rows = [{name: row[name] for name in row if name != "status"} for row in self.rows]
        return self._bring_in(rows, "register-2569-02.csv")

    def doubted(self) -> ImportRun:
        """Done, but for somebody with a digital ID who would become somebody else."""
        first, second, *others = self.rows
        rows = [first | SOMEBODY_ELSE, second | {"last_name_th": "เปลี่ยนแล้ว"}, *others]
        return self._followed(self._bring_in(rows, "register-2569-03.csv"))

    def ending(self) -> ImportRun:
        """Done, and ends so many digital IDs that two have to agree: here one is too many."""
        dead = self.rows[1] | {"status": "deceased"}
        with override_settings(REGISTER_ENDS_AT_MOST=0):
            return self._followed(self._bring_in([dead], "register-2569-04.csv"))

    def held(self) -> ImportRun:
        """It ends some, changes others and has lines that nobody can read."""
        third = KNOWN // 3
        ended = [row | {"status": "deceased"} for row in self.rows[2 : third + 5]]
        changed = [row | SOMEBODY_ELSE for row in self.rows[third + 5 :]]
        wrong = [row | {"office_code": "9999"} for row in people(third + 5, seed=99)]
        return self._bring_in([*ended, *changed, *wrong], "register-2569-05.csv")

    def pilot_failed(self) -> PilotImport:
        """The password of nobody is in the file."""
        line = of_the_pilot(self.rows[0])
        return self._take_over([{name: line[name] for name in line if name != "password"}])

    def pilot_paused(self) -> PilotImport:
        """By itself, after several failures."""
        begun = PilotImportFactory(file_name="pilot-2564-02.csv")
        pilot_jobs.hold(Job(kind=IMPORT, subject=begun.pk, error="TypeError"))
        begun.refresh_from_db()
        return begun

    def pilot_done(self) -> PilotImport:
        """Two have their digital ID, one differs from the register, one has a plain password."""
        lines = [of_the_pilot(row) for row in self.rows[:4]]
        lines[2] |= {"last_name_th": "ไม่ตรงกัน"}
        lines[3] |= {"password": HASHED[:40]}
        return self._take_over(lines)

    def _bring_in(self, rows: list[dict], name: str) -> ImportRun:
        return bring_in(write(self.folder / name, rows))

    def _followed(self, run: ImportRun) -> ImportRun:
        for job in Job.objects.filter(kind=FOLLOW, subject=run.pk, state=JobState.READY):
            outbox.run(job.pk)
        return run

    def _take_over(self, lines: list[dict]) -> PilotImport:
        path = write(self.folder / "pilot-2564-01.csv", lines)
        return run_import(PilotImportFactory(file_name=path.name), path, actor=ACTOR)


STATES = {
    "stopped": RunState.DONE, "failed": RunState.FAILED, "doubted": RunState.DONE,
    "ending": RunState.DONE, "held": RunState.HELD,
    "pilot_failed": PilotImportState.FAILED, "pilot_paused": PilotImportState.PAUSED,
    "pilot_done": PilotImportState.DONE,
}  # fmt: skip


def make_imports() -> dict[str, str]:
    """Their keys by what they are called."""
    with tempfile.TemporaryDirectory() as folder:
        imports = Imports(Path(folder))
        made = {name: getattr(imports, name)() for name in (RUNS[0], *PILOT, *RUNS[1:])}
    found = {name: one.state for name, one in made.items()}
    if found != STATES:
        raise AssertionError(f"not as they should be: {found}")
    return {name: str(one.pk) for name, one in made.items()}


def give_up_held() -> None:
    """One that waits would stand in the way of every other."""
    for run in ImportRun.objects.filter(state=RunState.HELD):
        cancel(run, actor=ACTOR)
