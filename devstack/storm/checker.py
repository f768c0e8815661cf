"""What broke, by plain SQL and the files themselves: none of the portal's own code is asked, but
for `audit verify`, and the reaper that has to take away what kills leave behind.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from devstack.storm.citizens import Ledger
from devstack.storm.target import Target

CALM_WITHIN, COUNTED_WITHIN = 120.0, 60.0
NOT_KEPT = """
SELECT told.reference, told.what FROM unnest(%s::text[], %s::text[]) AS told (reference, what)
LEFT JOIN registration_enrollment e USING (reference)
WHERE NOT COALESCE(CASE
    WHEN told.what IN ('front', 'back') THEN EXISTS (
        SELECT 1 FROM registration_evidence v
        WHERE v.enrollment_id = e.id AND v.kind = 'card_' || told.what)
    WHEN told.what = 'data_confirmed' THEN
        e.number_key IS NOT NULL AND e.confirmed_sealed IS NOT NULL
    WHEN told.what = 'checking' THEN EXISTS (
        SELECT 1 FROM registration_evidence v
        WHERE v.enrollment_id = e.id AND v.kind = 'selfie')
    WHEN told.what = 'verified' THEN e.state IN ('verified', 'password_set', 'activated')
    WHEN told.what = 'password_set' THEN e.state IN ('password_set', 'activated')
    WHEN told.what = 'activated' THEN e.state = 'activated' AND EXISTS (
        SELECT 1 FROM identity_digitalid d
        WHERE d.number_key = e.number_key AND d.status = 'active')
    ELSE e.id IS NOT NULL
END, false)
"""
DOUBLED = """
SELECT 'live digital IDs of a number', number_key::text FROM identity_digitalid
WHERE status IN ('active', 'suspended') GROUP BY number_key HAVING count(*) > 1
UNION ALL SELECT 'digital IDs of an enrollment', enrollment_id::text FROM identity_digitalid
WHERE enrollment_id IS NOT NULL GROUP BY enrollment_id HAVING count(*) > 1
UNION ALL SELECT 'activations', subject_id FROM audit_entry
WHERE action = 'enrollment.activate' GROUP BY subject_id HAVING count(*) > 1
UNION ALL SELECT 'answers to a selfie', subject_id FROM audit_entry
WHERE action LIKE 'enrollment.%%' GROUP BY subject_id
HAVING count(*) FILTER (WHERE action IN ('enrollment.pass_checks', 'enrollment.send_to_review',
           'enrollment.refer', 'enrollment.ask_retake'))
     > count(*) FILTER (WHERE action = 'enrollment.submit_selfie')
"""
# Once it is calm, whoever waits for a machine without a job, and jobs that nobody does.
STUCK = """
SELECT e.reference FROM registration_enrollment e
WHERE (e.state = 'checking'
       OR e.state = 'card_captured' AND e.reading_sealed IS NULL AND e.card_problem = '')
  AND e.state_since < now() - interval '5 seconds'
  AND NOT EXISTS (SELECT 1 FROM outbox_job j
                  WHERE j.subject = e.id AND j.state IN ('ready', 'claimed'))
UNION ALL SELECT kind FROM outbox_job WHERE state IN ('ready', 'claimed')
"""
UNFINISHED = "SELECT count(*) FROM outbox_job WHERE state IN ('ready', 'claimed')"
GIVEN_UP = "SELECT kind, subject::text FROM outbox_job WHERE state = 'parked'"
# The last move of each in the log is the state of its row, and each row has its beginning there.
LOG_DIFFERS = """
SELECT e.reference FROM registration_enrollment e LEFT JOIN LATERAL (
    SELECT bool_or(action = 'enrollment.start') AS begun,
           bool_or(action = 'enrollment.activate') AS activated,
           bool_or(action = 'enrollment.withdraw') AS withdrawn
    FROM audit_entry WHERE subject_id = e.id::text
) said ON true
WHERE NOT said.begun IS TRUE OR (e.state = 'activated') <> said.activated
   OR (e.state = 'withdrawn') <> said.withdrawn
"""
DRIFT = """
WITH counted AS (
    SELECT split_part(label, '>', 2) AS move, sum(count) AS times FROM dashboards_counter
    WHERE figure = 'moves' AND area = '' AND NOT loaded GROUP BY 1
), happened AS (
    SELECT substr(action, 12) AS move, count(*) AS times FROM audit_entry
    WHERE action LIKE 'enrollment.%%' AND (details ? 'previous' OR action = 'enrollment.start')
    GROUP BY 1
), rows AS (
    SELECT 'start' AS move, count(*) AS times FROM registration_enrollment
    UNION ALL SELECT 'activate', count(*) FROM registration_enrollment WHERE state = 'activated'
)
SELECT move FROM counted FULL JOIN happened USING (move) FULL JOIN rows USING (move)
WHERE COALESCE(counted.times, 0) <> COALESCE(happened.times, 0)
   OR COALESCE(counted.times, 0) <> COALESCE(rows.times, counted.times, 0)
"""
NAMED = """
SELECT name FROM registration_evidence WHERE deleted_at IS NULL
UNION SELECT portrait FROM identity_digitalid WHERE portrait <> ''
"""
REAP = """
from django.core.files.storage import storages
from core.reaping import reap
print(sum(reap(folder, sure=True) for folder in storages["evidence"].listdir("")[0]))
"""


@dataclass
class Broken:
    """Counts, by what; `which` names some of each for whoever looks further. `left_behind`: files
    without a row before the reaper came, which is its daily work and no fault.
    """

    counts: dict[str, int]
    which: list[str]
    left_behind: int = 0

    def __bool__(self) -> bool:
        return any(self.counts.values())


def check(target: Target, ledger: Ledger) -> Broken:
    """Once all citizens have gone: wait until the jobs are done, then count."""
    _wait(lambda: target.query(UNFINISHED) == [(0,)], within=CALM_WITHIN)
    _wait(lambda: not target.query(DRIFT), within=COUNTED_WITHIN)
    left_behind = len(files(target) - names(target))
    found = {name: list(_found(target, ledger, name)) for name in WHAT}
    which = [f"{name}: {one}" for name, ones in found.items() for one in ones[:5]]
    return Broken({name: len(ones) for name, ones in found.items()}, which, left_behind)


def _found(target: Target, ledger: Ledger, name: str) -> Iterator[object]:
    if name == "lost":
        told = sorted(ledger.promises)
        yield from target.query(NOT_KEPT, [one for one, _ in told], [what for _, what in told])
    elif name == "audit breaks":
        yield from target.query(LOG_DIFFERS)
        verified = target.manage("audit", "verify")
        if verified.returncode:
            yield verified.stdout + verified.stderr
    elif name == "files without a row":
        target.manage("shell", "--verbosity=0", "--command", REAP)
        yield from files(target) - names(target)
    elif name == "rows without a file":
        yield from names(target) - files(target)
    else:
        yield from target.query(WHAT[name])


WHAT = {
    "lost": "",
    "doubled": DOUBLED,
    "stuck": STUCK,
    "jobs given up": GIVEN_UP,
    "audit breaks": "",
    "drift": DRIFT,
    "files without a row": "",
    "rows without a file": "",
}


def files(target: Target) -> set[str]:
    return {
        path.relative_to(target.store).as_posix()
        for path in target.store.rglob("*")
        if path.is_file()
    }


def names(target: Target) -> set[str]:
    return {name for (name,) in target.query(NAMED)}


def _wait(until: Callable[[], bool], *, within: float) -> None:
    deadline = time.monotonic() + within
    while not until() and time.monotonic() < deadline:
        time.sleep(1)
