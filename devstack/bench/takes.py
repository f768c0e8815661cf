"""Fifty officers take the next case at once, again and again: how many a second, none twice.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.takes [3000]

Each officer is a thread with a connection of its own, in two processes, and calls the service that
the button calls; the server's and the officers' work share the machine's cores.
"""

import sys
import threading
import time
import uuid
from concurrent.futures import ProcessPoolExecutor

import devstack.bench.ready  # noqa: F401 - before all that needs Django

# isort: split
from django.core.management import call_command
from django.db import connection, connections

from offices.models import Office, Officer
from offices.roles import Role
from registration.models import Enrollment
from registration.services.review import take_next_case
from registration.states import State

OFFICERS, PROCESSES = 50, 2
OFFICE = "1206"


def make(cases: int) -> list[uuid.UUID]:
    office = Office.objects.get(pk=OFFICE)
    Enrollment.objects.bulk_create(
        Enrollment(state=State.WAITING_REVIEW, office=office) for _ in range(cases)
    )
    made = Officer.objects.bulk_create(
        Officer(email=f"bench{one}@sample.dopa", name=str(one), role=Role.OFFICER, office=office)
        for one in range(OFFICERS)
    )
    return [officer.pk for officer in made]


def press_all(officers: list[uuid.UUID]) -> list[tuple[uuid.UUID, float]]:
    """Every officer takes cases until there is none; (case, seconds) of each take."""
    connections.close_all()
    taken: list[tuple[uuid.UUID, float]] = []

    def press(pk: uuid.UUID) -> None:
        officer = Officer.objects.select_related("office").get(pk=pk)
        while True:
            began = time.perf_counter()
            case = take_next_case(officer)
            if case is None:
                break
            taken.append((case.pk, time.perf_counter() - began))
        connection.close()

    threads = [threading.Thread(target=press, args=(pk,)) for pk in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def main(cases: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("load_offices", verbosity=0)
    officers = make(cases)
    connections.close_all()
    with ProcessPoolExecutor(PROCESSES) as pool:
        began = time.perf_counter()
        parts = pool.map(press_all, [officers[part::PROCESSES] for part in range(PROCESSES)])
        taken = [one for part in parts for one in part]
        spent = time.perf_counter() - began
    waits = sorted(1000 * seconds for _, seconds in taken)
    print(
        f"{len(taken):,} takes by {OFFICERS} officers in {spent:.1f} s: "
        f"{len(taken) / spent:.0f} a second, {len(taken) - len({case for case, _ in taken})} "
        f"doubled; a take waits {waits[len(waits) // 2]:.0f} ms (median), "
        f"{waits[int(len(waits) * 0.95)]:.0f} ms (p95)."
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3000)
