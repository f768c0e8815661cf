"""`make fuzz`: requests made up out of the API's schema, to a portal that runs, and what came back.

python -m devstack.embedded exec --throwaway -- python -m devstack.fuzz [REQUESTS] [SEED]

They come from people who have just begun, from some who have come further, from an auditor, and
from nobody. The same seed makes up the same requests. Progress goes to stderr, the table to stdout.
"""

import random
import shutil
import sys
import tempfile
import time
from pathlib import Path

import devstack.bench.ready  # noqa: F401 - before all that needs Django

# isort: split
from devstack.bench.__main__ import machine
from devstack.demo.over_http import OverHttp
from devstack.embedded.child import ChildFailed
from devstack.fuzz.sending import Answers, send
from devstack.storm.campaign import REGISTER, people
from devstack.storm.citizens import Enrolling, Ledger, Somebody
from devstack.storm.target import Target

EXAMPLES = 100  # of each call, a round
SESSION = """
from devstack.demo.signed_in import officer_session
from devstack.demo.staff import make_staff
from offices.models import Officer
from offices.roles import Role
make_staff()
print(officer_session(Officer.objects.filter(role=Role.AUDITOR).first()).session_key)
"""


def main(wanted: int, seed: int) -> int:
    folder, began = Path(tempfile.mkdtemp(prefix="dopa-fuzz-")), time.monotonic()
    print(f"{wanted} requests, seed {seed}, in {folder}", file=sys.stderr)
    target, seen = Target(folder), Answers()
    try:
        target.start()
        session = said_by(target, SESSION)
        crowd = people(seed)
        said_by(target, REGISTER.format(people=[one.person for one in crowd]))
        while seen.statuses.total() < wanted:
            bearers = [come_as_far_as(step, crowd.pop(), target) for step in ("confirm", "selfie")]
            seed += 1
            more = send(target.url, examples=EXAMPLES, seed=seed, bearers=bearers, session=session)
            seen.statuses += more.statuses
            seen.failed += more.failed
            print(f"{seen.statuses.total():7}  {more.failed or 'well'}", file=sys.stderr)
            if more.failed:
                print(more.said, file=sys.stderr)
    finally:
        target.stop()
    print(told(seen, (time.monotonic() - began) / 60))
    well = not (seen.failed or seen.faults())
    if well:
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if well else 1


def said_by(target: Target, script: str) -> str:
    done = target.manage("shell", "--verbosity=0", "--command", script)
    if done.returncode:
        raise ChildFailed(done.stderr)
    return done.stdout.strip()


def come_as_far_as(step: str, who: Somebody, target: Target) -> str:
    """The header that opens an enrollment whose next step is `confirm` or `selfie`."""
    app = Enrolling(who, OverHttp(target.url), Ledger(), renewal=False)
    app.start()
    app.photograph_card(*app.card)
    app.wait()
    if step == "selfie":
        app.confirm(who.person)
    return str(app.client.session.headers["Authorization"])


def told(seen: Answers, minutes: float) -> str:
    rows = [f"| {status} | {count} |" for status, count in sorted(seen.statuses.items())]
    return "\n".join(
        [
            f"{seen.statuses.total():,} requests in {minutes:.0f} minutes. {machine()}.",
            "", "| answered | times |", "|---|--:|", *rows,
            f"| **of them faults of ours** | {seen.faults()} |", "",
            "Not as the schema says: " + ("; ".join(seen.failed) or "none") + ".",
        ]
    )  # fmt: skip


if __name__ == "__main__":
    chosen = [int(word) for word in sys.argv[1:] if word]
    draw = random.SystemRandom().randrange(10**6)
    sys.exit(main(*[*chosen, *[50_000, draw][len(chosen) :]]))
