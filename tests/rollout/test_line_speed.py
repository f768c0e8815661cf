"""How fast the line moves: what workers and officers can do, and what administrators allow."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from audit.models import Entry
from core.outbox.models import Job, JobState
from registration.models import Decision
from registration.states import State
from rollout.line.course import Course, Leg
from rollout.line.moving import move_line
from rollout.line.seeing import see, used_share
from rollout.line.speed import Bound, Seen, Speed, by_officers, by_workers, speed_of, steady
from rollout.line.tickets import last_drawn
from rollout.models import UsedTicket
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.rollout.lines import drawn_before, keep_line, stands_at


@pytest.fixture(autouse=True)
def policy(settings):
    settings.JOBS_A_SECOND = 1.0


@pytest.mark.parametrize(
    ("waiting", "best", "per_minute"),
    [
        (0, 0, 24.0),  # 60 jobs a minute are counted on, 2.5 a start
        (0, 50, 24.0),
        (0, 100, 48.0),  # what was done, and a fifth more, as nothing waits
        (33, 100, 48.0),
        (34, 100, 39.9),  # more than 20 seconds' worth waits: what was done, less what is beyond
        (333, 100, 0.0),
        (5000, 100, 0.0),
    ],
)
def test_workers_bound_it_by_what_they_did(waiting, best, per_minute):
    seen = Seen(jobs_waiting=waiting, best_minute=best)
    assert by_workers(seen) == pytest.approx(per_minute, abs=0.1)


@pytest.mark.parametrize(
    ("cases", "decisions", "share", "per_minute"),
    [
        (0, 0, 0.2, None),  # nothing is known of officers who decided nothing yet
        (500, 480, 0.0, None),
        (960, 480, 0.1, 10.0),
        (0, 480, 0.1, 30.0),
        (1440, 480, 0.1, 0.0),
        (9999, 480, 0.1, 0.0),
    ],
)
def test_officers_bound_it_by_what_they_decide_in_days(cases, decisions, share, per_minute):
    seen = Seen(cases_waiting=cases, decisions_a_day=decisions, cases_a_start=share)
    assert by_officers(seen) == per_minute


def test_the_narrowest_bound_counts_and_by_itself_it_never_stands_still():
    few_officers = {"cases_waiting": 960, "decisions_a_day": 480, "cases_a_start": 0.1}
    assert speed_of(Seen(best_minute=100, **few_officers)) == Speed(10.0, Bound.OFFICERS)
    assert speed_of(Seen(best_minute=100)) == Speed(48.0, Bound.WORKERS)
    assert speed_of(Seen(jobs_waiting=5000)) == Speed(1.0, Bound.LEAST)
    assert speed_of(Seen(best_minute=100), at_most=7) == Speed(7, Bound.RULE)
    assert speed_of(Seen(best_minute=100), at_most=700) == Speed(48.0, Bound.WORKERS)


@pytest.mark.parametrize(("used", "per_minute"), [(1.0, 48), (0.5, 96), (0.1, 144), (0.0, 144)])
def test_for_those_who_do_not_come_others_are_called_up_to_a_bound(used, per_minute):
    assert speed_of(Seen(best_minute=100, used=used)).per_minute == pytest.approx(per_minute)


def test_a_speed_that_is_almost_the_same_stays():
    assert [steady(0, 5), steady(100, 109), steady(100, 91), steady(100, 111)] == [5, 100, 100, 111]


@pytest.mark.django_db
def test_what_was_done_and_what_waits_is_read_from_the_jobs():
    now = timezone.now().replace(second=30)
    done = {"state": JobState.DONE, "created_at": now, "subject": uuid4()}
    Job.objects.bulk_create(
        [Job(kind="registration.verify", finished_at=now - timedelta(minutes=5), **done)] * 7
        + [Job(kind="registration.verify", finished_at=now - timedelta(minutes=40), **done)] * 9
        + [Job(kind="population.import", finished_at=now - timedelta(minutes=5), **done)] * 11
    )
    Job.objects.bulk_create(
        [Job(kind="registration.read_card", subject=uuid4(), not_before=now)] * 3
        + [Job(kind="population.import", subject=uuid4(), not_before=now)]
        + [Job(kind="registration.verify", subject=uuid4(), not_before=now + timedelta(hours=1))]
    )
    seen = see(None, now)
    assert (seen.best_minute, seen.jobs_waiting, seen.used) == (7, 3, 1.0)


@pytest.mark.django_db
def test_cases_and_decisions_are_those_of_the_last_week():
    officer, now = OfficerFactory(), timezone.now()
    cases = [EnrollmentFactory(state=State.WAITING_REVIEW) for _ in range(50)]
    made = [(1, None), (2, None), (3, now), (9, None)]
    for days, undone in made:
        Decision.objects.create(
            enrollment=cases[0], officer=officer, move="approve", undone_at=undone,
            decided_at=now - timedelta(days=days),
        )  # fmt: skip
    seen = see(None, now)
    assert (seen.cases_waiting, seen.decisions_a_day, seen.cases_a_start) == (50, 0.4, 1.0)


@pytest.mark.django_db
def test_who_came_is_counted_of_those_called_some_minutes_ago(line):
    drawn_before(300)
    now, before = timezone.now(), last_drawn() - 300

    def walks(per_minute: float) -> Course:
        return Course([Leg(now - timedelta(minutes=10), before, per_minute)], timedelta(minutes=15))

    used = range(before + 1, before + 101, 4)
    UsedTicket.objects.bulk_create(UsedTicket(number=one) for one in used)
    assert (used_share(walks(12.5), now), used_share(walks(2), now)) == (0.25, 1.0)


@pytest.mark.django_db
def test_a_change_of_speed_is_in_the_log_while_people_wait(line):
    drawn_before(500)
    stands_at(-400, per_minute=10)
    move_line(seen=Seen(best_minute=100), wait=True)
    entry = Entry.objects.get(action="line.speed")
    assert entry.details == {"per_minute_before": 10.0, "per_minute_after": 48.0, "waiting": 400}
    move_line(seen=Seen(best_minute=103), wait=True)
    stands_at(10, per_minute=10)
    move_line(seen=Seen(best_minute=100), wait=True)
    assert Entry.objects.filter(action="line.speed").count() == 1


@pytest.mark.django_db
def test_the_rule_of_an_administrator_bounds_it(line):
    keep_line("at_most", 3)
    assert move_line(seen=Seen(best_minute=100), wait=True).now.per_minute == 3
    keep_line("closed")
    assert move_line(seen=Seen(best_minute=100), wait=True).now.per_minute == 0
    keep_line("off")
    assert move_line(seen=Seen(best_minute=100), wait=True) is None
