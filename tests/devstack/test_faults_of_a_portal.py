"""What the drills `upgrade`, `store` and `disk` do to portals of their own, here to one of them."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis

from devstack.drill import clock, disk, store, upgrade
from devstack.drill.__main__ import DRILLS, main
from devstack.drill.outcome import Loss, Outcome, Promise, Told
from devstack.drill.portal import Portal
from devstack.drill.release import NoRelease, Release, last_release
from devstack.drill.site import Site, own_site
from devstack.drill.small_disk import SmallDisk
from devstack.drill.visitors import Refusal

pytestmark = pytest.mark.browser
MOUNT = (
    "import tempfile; from pathlib import Path; from devstack.drill.small_disk import SmallDisk; "
    "SmallDisk(Path(tempfile.mkdtemp()) / 'disk', 1)"
)


@cache
def may_mount() -> bool:
    """Not every root may, and what a process tries changes what it sees: another one tries."""
    tried = subprocess.run([sys.executable, "-c", MOUNT], capture_output=True, check=False)  # noqa: S603
    return tried.returncode == 0


def has_a_release() -> bool:
    with suppress(NoRelease):
        return bool(last_release())
    return False


def the_last_release(folder: Path) -> Release:
    """Without the project's history, as in an unpacked archive, there is this one alone."""
    try:
        return Release.of(last_release(), folder)
    except NoRelease:
        return Release.here()


def test_an_upgrade_a_dead_server_a_bucket_that_is_gone_and_a_full_disk_lose_nothing():
    with own_site() as site:
        outcome, seen = strike(site)
    assert outcome.keeps(Promise(lost=0, back=60)), str(outcome)
    assert ("the database ended" in seen, "503" in outcome.seen[0]) == (may_mount(), True)
    assert len(outcome.lost.told) > 3


def strike(site: Site) -> tuple[Outcome, str]:
    small = disk.on_a_small_disk(site) if may_mount() else None
    site.release = the_last_release(site.folder / "last")
    portal = Portal(site)
    seen_upgrade = upgrade.upgrade(portal, back_again=False)
    assert len(seen_upgrade) == 2
    assert upgrade.given_up(portal) == []
    back = [store.lose_a_server(portal), store.lose_the_bucket(portal, away=2)]
    seen = ""
    if small:
        seconds, seen = disk.fill(portal, small, stays=1)
        back.append(seconds)
    return portal.outcome(max(back)), seen


@pytest.mark.parametrize("name", DRILLS)
def test_by_night_each_drill_keeps_its_promise(name: str, capsys: pytest.CaptureFixture[str]):
    if hypothesis.get_current_profile_name() != "night":
        pytest.skip("two minutes each")
    if name == "disk" and not may_mount():
        pytest.skip("nobody may mount here")
    if name == "upgrade" and not has_a_release():
        pytest.skip("an archive without history has no former release")
    assert main([name]) == 0, capsys.readouterr().out


def test_a_small_disk_holds_no_more_than_it_may_and_gives_room_back(tmp_path: Path):
    if not may_mount():
        pytest.skip("nobody may mount here")
    small = SmallDisk(tmp_path / "disk", 2)
    small.fill()
    with pytest.raises(OSError, match="No space left"):
        (small.folder / "more").write_bytes(bytes(8192))
    small.free()
    (small.folder / "more").write_bytes(bytes(8192))
    small.release()
    assert list(small.folder.iterdir()) == []


SHOWN = "import time; print(time.time(), time.monotonic())"


def test_a_clock_is_set_for_what_is_started_and_no_duration_is(tmp_path: Path):
    site = Site(tmp_path)
    shifted, before = clock.Clock(site), os.environ.copy()
    shown = []
    for shift in (clock.BACK, clock.AHEAD, clock.RIGHT):
        shifted.set(shift)
        command = [sys.executable, "-c", SHOWN]
        said = subprocess.check_output(command, text=True)  # noqa: S603 - ours
        at, monotonic = map(float, said.split())
        ours = shifted.now().timestamp(), time.monotonic()
        shown.append((abs(at - ours[0]) < 60, abs(monotonic - ours[1]) < 60))
    site.stop()
    assert shown == [(True, True)] * 3
    assert {"LD_PRELOAD"} <= before.keys() - os.environ.keys()


@pytest.mark.parametrize(
    ("status", "comes_again", "is_fault"),
    [(0, "", False), (503, "30", False), (503, "", True), (500, "30", True), (429, "60", False)],
)
def test_an_outage_that_says_when_to_come_again_is_no_fault(status, comes_again, is_fault):
    assert Refusal(0.0, status, comes_again, 0.1).is_fault is is_fault


def test_a_promise_is_not_kept_where_something_happened_that_may_not():
    told = [Told("1", 1.0)]
    whole = Loss(told, kept=frozenset("1"))
    promise = Promise(lost=0, back=1)
    seen = "The audit log is whole"
    assert Outcome(whole, 0, seen, ("seen",)).keeps(promise)
    outcome = Outcome(whole, 0, seen, (), ("a photo was asked for again",))
    assert [outcome.keeps(promise), "BROKEN   a photo" in str(outcome)] == [False, True]
