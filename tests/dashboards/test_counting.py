import datetime
import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from audit.models import Entry
from core.cluster import OtherCluster
from dashboards.counting.fold import fold
from dashboards.counting.recount import recount
from dashboards.models import Arrival, Checkpoint, Counter
from tests.dashboards.conftest import END, REVIEWED, WAY

pytestmark = pytest.mark.usefixtures("transactional_db")
SLOW_ENTRY = """
    INSERT INTO audit_entry (id, at, action, actor_kind, actor_id, role, office, subject_type,
        subject_id, reason, request_id, address_class, details, mac)
    SELECT 999999, now(), 'enrollment.start', 'system', '', '', '', '',
        gen_random_uuid()::text, '', '', '', '{}', ''
"""


def sums(figure: str, area: str = "") -> dict[str, int]:
    found = Counter.objects.filter(figure=figure, area=area).values_list("label")
    return dict(found.annotate(Sum("count")))


def test_what_was_committed_is_counted_once(walk):
    walk(*WAY, *END)
    walk(*WAY[:3])
    assert fold() == 12
    assert fold() == 0
    assert sums("signups") == sums("signups", "12") == sums("signups", "1206") == {"self": 1}
    reached = {"accept_terms": 2, "capture_card": 2, "confirm_data": 2, "submit_selfie": 1}
    assert sums("reached") == reached | {
        "start": 2,
        "verified": 1,
        "set_password": 1,
        "activate": 1,
    }
    assert sums("devices") == {"iphone-safari": 2}
    assert recount() == []


def test_a_renewal_is_no_sign_up_and_no_step_of_one_but_work(walk):
    walk(*REVIEWED, *END, renewal=True)
    fold()
    sign_ups = [sums(figure) for figure in ("signups", "hours", "reached", "steps", "devices")]
    assert sign_ups == [{}] * 5
    assert sums("renewals") == sums("renewals", "1206") == {"self": 1}
    assert sums("review", "1206") == {"send_to_review": 1, "approve": 1}
    assert recount() == []


def test_a_slow_transaction_is_counted_when_it_commits_and_nobody_waits_for_it(walk):
    parameters = connection.get_connection_params()
    known = {"dbname", "user", "password", "host", "port"} & set(parameters)
    with psycopg.connect(**{key: parameters[key] for key in known}) as slow:
        slow.execute(SLOW_ENTRY)
        walk(*WAY, *END)
        assert fold() == 8
        assert recount() == []
        slow.commit()
        assert fold() == 1
    assert sums("reached")["start"] == 2
    assert recount() == []


def test_a_fold_that_fails_has_counted_nothing(walk):
    walk(*WAY, *END)
    with transaction.atomic():
        assert fold() == 8
        transaction.set_rollback(True)
    assert Counter.objects.count() == 0
    assert fold() == 8


def test_arrivals_are_counted_by_day_and_device_once_and_then_forgotten(client):
    for agent in ("Mozilla/5.0 (iPhone) Safari/1", "Mozilla/5.0 (iPhone) Safari/1", "curl"):
        assert client.post("/arrived/", headers={"user-agent": agent}).status_code == 204
    with transaction.atomic():
        fold()
        transaction.set_rollback(True)
    assert Arrival.objects.count() == 3
    fold()
    fold()
    assert sums("arrivals") == {"iphone-safari": 2, "other-other": 1}
    assert Arrival.objects.count() == 0
    assert recount(repair=True) == []


def test_officers_decisions_and_their_waits_are_counted_by_office(walk):
    walk(*REVIEWED, office="1001")
    walk(*WAY[:-1], "send_to_review", "take", "reject", "take_back", office="1001")
    fold()
    decided = {"send_to_review": 2, "approve": 1, "reject": 1, "take_back": 1}
    assert sums("review", "1001") == decided
    assert sum(sums("waits", "10").values()) == 2
    assert recount() == []


def test_retakes_are_counted_by_their_reason(walk):
    walk(*WAY[:-1], "ask_retake", "submit_selfie", "pass_checks", *END)
    fold()
    assert sums("retakes") == {"not_live": 1}
    assert (sums("reached")["submit_selfie"], sums("reached")["ask_retake"]) == (1, 1)


def test_a_recount_finds_and_repairs_what_differs_but_not_what_was_loaded(walk, capsys):
    day = datetime.date(2023, 1, 23)
    Counter.objects.create(figure="signups", day=day, label="app", loaded=True, count=28_000)
    walk(*WAY, *END)
    fold()
    Counter.objects.filter(figure="signups", loaded=False).update(count=5)
    Counter.objects.create(figure="hours", day=timezone.localdate(), label="99", count=1)
    with pytest.raises(CommandError, match="4 counters differ"):
        call_command("recount")
    call_command("recount", "--repair")
    assert recount() == []
    assert sums("signups") == {"app": 28_000, "self": 1}
    assert "4 counters were set right" in capsys.readouterr().out


def test_after_a_move_to_another_cluster_the_repair_sets_the_checkpoint(walk):
    walk(*WAY, *END)
    fold()
    Checkpoint.objects.update(cluster=1)
    with pytest.raises(OtherCluster):
        fold()
    recount(repair=True)
    walk(*WAY, *END)
    assert fold() == 8
    assert sums("signups") == {"self": 2}
    assert recount() == []


PROGRAM = """
import django; django.setup()
from django.db import connection
connection.settings_dict["NAME"] = {name!r}
from audit.models import Entry
from dashboards.counting.fold import fold
from tests.dashboards.conftest import END, REVIEWED, WAY, went
print("at work", flush=True)
while True:
    {act}
"""
EVENTS = 250
AT_WORK = 0.7  # seconds
FOLDS = "fold()"
WRITES = "went(*REVIEWED, *END), went(*WAY, *END), went(*WAY[:2])"


def start(act: str) -> subprocess.Popen:
    program = PROGRAM.format(name=connection.settings_dict["NAME"], act=act)
    command = [sys.executable, "-c", program]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own literal


def kill_at_work(process: subprocess.Popen) -> None:
    """However long a busy machine takes to start it: nothing is proven by a kill before."""
    with process:
        assert process.stdout.readline() == "at work\n"
        time.sleep(AT_WORK)
        os.kill(process.pid, signal.SIGKILL)


def test_counters_are_right_after_writers_and_folders_were_killed_amid_events(walk):
    walk()  # offices and all else that is made once is there
    kinds = [WRITES, WRITES, FOLDS, FOLDS]
    running = [start(act) for act in kinds]
    killed = 0
    while killed < len(kinds) or Entry.objects.count() < EVENTS:
        place = (2 * killed + killed // 2) % len(kinds)  # a writer, a folder, and so on
        kill_at_work(running[place])
        running[place] = start(kinds[place])
        killed += 1
    for process in running:
        kill_at_work(process)
    while fold():
        pass
    begun = Entry.objects.filter(action="enrollment.start").count()
    issued = Entry.objects.filter(action="enrollment.activate").count()
    assert (sums("reached")["start"], sums("signups")["self"]) == (begun, issued)
    assert recount() == []
