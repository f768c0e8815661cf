"""What the register said before an import is kept as long as it can be rolled back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.housekeeping import do_duties, overdue_seconds
from offices.levers import LeverRefused
from population import housekeeping
from population.back_lever import RegisterBackLever
from population.imports import services
from population.imports.services import ImportRefused
from population.imports.steering import steps_of
from population.models import Following, FollowingState, ImportRun, RowBefore
from tests.population.files import people, register, write
from tests.population.runs import ACTOR, bring_in

pytestmark = pytest.mark.usefixtures("offices", "small_chunks")
A_MINUTE = timedelta(minutes=1)
LONG = timedelta(seconds=30)


@pytest.fixture
def changed(tmp_path) -> ImportRun:
    """The second import, and digital IDs have followed it; too small to wait for anybody."""
    rows = people(12)
    bring_in(write(tmp_path / "first.csv", rows))
    run = bring_in(write(tmp_path / "second.csv", [one | {"office_code": "1001"} for one in rows]))
    Following.objects.update(state=FollowingState.DONE)
    return run


def ended(run: ImportRun, *, ago: timedelta) -> ImportRun:
    ImportRun.objects.filter(pk=run.pk).update(finished_at=timezone.now() - ago)
    run.refresh_from_db()
    return run


def test_as_long_as_it_can_be_rolled_back_they_stay(changed, settings):
    run = ended(changed, ago=settings.IMPORT_ROLLED_BACK_WITHIN - A_MINUTE)
    do_duties(within=LONG)
    assert [RowBefore.objects.count(), overdue_seconds()["rows_before"]] == [run.changed, 0]
    assert steps_of(run) == ["roll_back"]
    before = register()
    services.roll_back(run, actor=ACTOR)
    assert register() != before


def test_then_they_go_and_nobody_rolls_it_back(changed, settings, monkeypatch):
    monkeypatch.setattr(housekeeping, "BATCH", 7)
    run = ended(changed, ago=settings.IMPORT_ROLLED_BACK_WITHIN + A_MINUTE)
    assert round(overdue_seconds()["rows_before"], -1) == 60
    assert do_duties(within=LONG)["rows_before"] == run.changed > 7
    assert [RowBefore.objects.count(), overdue_seconds()["rows_before"]] == [0, 0]
    assert steps_of(run) == []
    before = register()
    with pytest.raises(ImportRefused, match="too long ago"):
        services.roll_back(run, actor=ACTOR)
    with pytest.raises(LeverRefused, match="too long ago"):
        RegisterBackLever().check(str(run.pk), {"state": "rolled_back"})
    assert register() == before


def test_what_digital_ids_have_still_to_follow_is_kept(changed, settings):
    run = ended(changed, ago=settings.IMPORT_ROLLED_BACK_WITHIN + A_MINUTE)
    Following.objects.filter(run=run).update(state=FollowingState.HELD)
    do_duties(within=LONG)
    assert RowBefore.objects.filter(run=run).count() == run.changed
