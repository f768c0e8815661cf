"""A portal with people in it, served by one web process, until its standard input ends.

python -m devstack.bench.web_cpu_portal PICTURES UPLOADS

Prints a line of JSON: port, process, and who may be asked for as whom. `devstack.bench.web_cpu`
runs it out of two checkouts at once, so it keeps to what both know.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from devstack.bench.desk import waiting_cases  # makes Django ready

# isort: split
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import connection

from devstack.bench import dashboards
from devstack.demo.signed_in import officer_session
from devstack.embedded.ports import free_port
from devstack.embedded.programs import web
from offices.models import Office, Officer
from offices.roles import Role
from registration.models import Enrollment, Finding
from registration.services import challenges, review
from registration.states import State
from verification.findings import Check, Outcome

OFFICE, CASES, DAYS, OTHERS = "1206", 300, 31, 40_000
FRAMES_OF_A_STEP = 5


def sessions_of(state: State, count: int) -> list[tuple[Enrollment, str]]:
    """So many enrollments in this state, each with the session of its browser."""
    office = Office.objects.get(pk=OFFICE)
    made = Enrollment.objects.bulk_create(
        Enrollment(state=state, office=office, terms_version="1") for _ in range(count)
    )
    return [(one, session(enrollment=str(one.pk), enrollment_token="")) for one in made]


def session(**held: object) -> str:
    store = SessionStore()
    for name, value in held.items():
        store[name] = value
    store.create()
    return str(store.session_key)


def staff(role: Role, office: Office | None = None) -> tuple[Officer, str]:
    """Somebody of this role, and a session that has passed both steps."""
    officer = Officer.objects.create(
        email=f"{role}@sample.dopa", name="สมชาย ใจดี", role=role, office=office
    )
    return officer, str(officer_session(officer).session_key)


def make_cases(officer: Officer) -> str:
    """A full queue, two doubts in each; and a case with its pictures, which the officer holds."""
    settings.SECURE_SSL_REDIRECT = False  # of this process, which asks itself
    held, _other = waiting_cases(2)
    Enrollment.objects.filter(pk=held.pk).update(office=officer.office)
    held.refresh_from_db()
    review.take_case(held, officer=officer)
    cases = [case for case, _ in sessions_of(State.WAITING_REVIEW, CASES)]
    Finding.objects.bulk_create(
        Finding(enrollment=case, attempt=0, check_name=check, outcome=Outcome.DOUBTFUL, score=0.5)
        for case in cases
        for check in (Check.FACE_MATCH, Check.LIVENESS)
    )
    return str(held.pk)


def settled(enrollment: Enrollment, pictures: Path) -> tuple[str, list[str]]:
    """A challenge done with the frames that lie there, as the selfie's page does it; their names.

    What is told and settled is the same for whoever sends these pictures.
    """
    challenge, names = challenges.issue_challenge(enrollment), list[str]()
    for number in range(len(challenge.steps)):
        first = number * FRAMES_OF_A_STEP
        burst = [f"frame{place}.jpg" for place in range(first, first + FRAMES_OF_A_STEP)]
        digests = [hashlib.sha256((pictures / name).read_bytes()).hexdigest() for name in burst]
        challenges.settle_step(enrollment, challenge_id=challenge.pk, digests=digests)
        names += burst
    return str(challenge.pk), names


def people(pictures: Path, uploads: int) -> dict[str, object]:
    officer, of_officer = staff(Role.PROVINCIAL, Office.objects.get(pk=OFFICE))
    selfies = sessions_of(State.DATA_CONFIRMED, uploads)
    return {
        "officer": of_officer,
        "administrator": staff(Role.ADMINISTRATOR)[1],
        "newcomer": sessions_of(State.STARTED, 1)[0][1],
        "waiting": sessions_of(State.CHECKING, 1)[0][1],
        "case": make_cases(officer),
        "fronts": [one for _, one in sessions_of(State.CONSENTED, 2 * uploads)],
        "selfies": [(one, *settled(enrollment, pictures)) for enrollment, one in selfies],
    }


def wait_for(port: int) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://localhost:{port}/health/live", timeout=60)
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The web server does not answer.")


def main(pictures: Path, uploads: int) -> None:
    for command in (["migrate"], ["load_offices"], ["compile_messages"]):
        call_command(*command, verbosity=0)
    call_command("collectstatic", "--no-input", verbosity=0)
    told = people(pictures, uploads)
    dashboards.fill(DAYS, others=OTHERS)
    connection.close()
    port = free_port()
    server = subprocess.Popen(
        web("127.0.0.1", port, workers=1), env=os.environ | {"TRUSTED_PROXIES": "1"}
    )
    try:
        wait_for(port)
        print(json.dumps(told | {"port": port, "process": server.pid}), flush=True)
        sys.stdin.read()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
