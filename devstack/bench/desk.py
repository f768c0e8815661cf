"""How long an officer waits on the server: the queue, a case, its pictures, a decision.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.desk [20]
"""

import statistics
import sys
import time
from collections import defaultdict

from devstack.bench.answers import Citizen, citizens, finish  # makes Django ready

# isort: split
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from devstack.demo.signed_in import sign_in
from offices.models import Office, Officer
from offices.roles import Role
from registration.models import Enrollment
from registration.services import review
from registration.services.capture import READ_CARD, VERIFY
from registration.states import State
from registration.views.review.pictures import SHOWN_PICTURES

spent: dict[str, list[float]] = defaultdict(list)


def waiting_cases(count: int) -> list[Enrollment]:
    """Citizens with good pictures who have used a file as their selfie: an officer has to look."""
    people: list[Citizen] = [citizen for citizen, _ in zip(citizens(), range(count), strict=False)]
    for citizen in people:
        citizen.photograph_card()
    finish(READ_CARD, processes=0)
    for citizen in people:
        citizen.app.refresh()
        citizen.app.confirm(citizen.person)
        citizen.app.hand_in_selfie(citizen.pictures.selfie(citizen.face, ""))
    finish(VERIFY, processes=0)
    return list(Enrollment.objects.filter(state=State.WAITING_REVIEW))


def officer_at_work() -> tuple[Officer, Client]:
    """Of the province-wide kind, signed in with both steps."""
    office = Office.objects.get(pk="1206")
    officer = Officer.objects.create(
        email="bench@sample.dopa", name="Bench", role=Role.PROVINCIAL, office=office
    )
    return officer, sign_in(Client(), officer)


def timed(name: str, work, *arguments: object, **options: object) -> None:
    began = time.perf_counter()
    answer = work(*arguments, **options)
    answer.getvalue() if hasattr(answer, "getvalue") else answer.content
    spent[name].append(1000 * (time.perf_counter() - began))
    if answer.status_code >= 400:  # noqa: PLR2004 - the first that refuses
        raise RuntimeError(f"{name}: {answer.status_code}")


def main(count: int) -> None:
    settings.RATE_LIMITS["start"] = (100_000, 3600)
    call_command("migrate", verbosity=0)
    call_command("load_offices", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    cases = waiting_cases(count)
    officer, client = officer_at_work()
    Enrollment.objects.update(office=officer.office)
    for case in cases:
        review.take_case(case, officer=officer)
        timed("the queue", client.get, reverse("review:queue"))
        timed("a case", client.get, reverse("review:case", args=[case.pk]))
        for kind in SHOWN_PICTURES:
            timed(
                "one of its four pictures",
                client.get,
                reverse("review:picture", args=[case.pk, kind]),
            )
        decide = reverse("review:decide", args=[case.pk])
        data = {"move": "pass_to_second", "then": "queue"}
        timed("a decision", client.post, decide, data)
    print("| | ms, median | ms, p95 |\n|---|--:|--:|")
    for name, times in spent.items():
        print(
            f"| {name} | {statistics.median(times):.0f} | "
            f"{statistics.quantiles(times, n=20)[-1]:.0f} |"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
