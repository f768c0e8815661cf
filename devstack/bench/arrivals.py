"""A hundred thousand people come in ten minutes: order, places, estimates; and what it costs.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.arrivals [100000]

First in simulated time (devstack.bench.crowd). Then real requests to the portal as it is served, as
fast as 16 clients and two web processes go on this machine: drawing a ticket, and asking for a
place. Processor time is that of the web processes, by the system's own count.
"""

import asyncio
import itertools
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager

from devstack.bench.knee import ask  # makes Django ready
from devstack.bench.online import ROOT, wait_for

# isort: split
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from devstack.bench.crowd import Crowd, Plan, told_and_true
from devstack.bench.processor import processor_seconds
from devstack.embedded.ports import free_port
from devstack.embedded.programs import web
from rollout.line.tickets import last_drawn
from rollout.models import LineRule, Stretch, UsedTicket

AT_ONCE, SECONDS = 16, 15.0
COUNTED_ON = 0.8  # of what the workers do, by the operator's setting
BODY = b'{"language": "th"}'


def simulate(plan: Plan) -> None:
    LineRule.objects.update_or_create(pk=1, defaults={"mode": "itself"})
    began = time.perf_counter()
    crowd = Crowd(plan, timezone.now())
    crowd.run()
    took = time.perf_counter() - began
    waited = sorted((one for one in crowd.people if one.number), key=lambda one: one.number)
    called = [one.called for one in waited]
    begun = sum(one.began is not None for one in crowd.people)
    used = UsedTicket.objects.count()
    swaps = sum(one > two for one, two in itertools.pairwise(called))
    print(
        f"{plan.come:,} people in {plan.within // 60} minutes, half of them in the first quarter; "
        f"{plan.jobs:,.0f} jobs a minute, half of that between minutes {plan.broken_from} and "
        f"{plan.broken_until}, four fifths of it counted on; {plan.leave:.0%} leave, "
        f"{plan.late:.0%} come too late, each from another network than before. "
        f"{crowd.seconds / 3600:.1f} hours in {took:.0f} s.\n\n"
        "| | |\n|---|--:|\n"
        f"| had to wait | {len(waited):,} |\n"
        f"| called out of order | {swaps} |\n"
        f"| never called | {called.count(None)} |\n"
        f"| began | {begun:,} |\n"
        f"| began beyond their number of tickets | {begun + crowd.begun_by_copies - used} |\n"
        f"| second uses of a ticket, refused | {crowd.refused_copies:,} |\n"
        f"| longest wait of a job | {crowd.workers.longest:.0f} s |\n"
        f"| the last is called after | {max(called) / 60:.0f} min |"
    )
    estimates(crowd)


def estimates(crowd: Crowd) -> None:
    waited = [one for one in crowd.people if one.number]
    print("\n| what people were told | when coming | 20 minutes later |\n|---|--:|--:|")
    columns = [quality(told_and_true(waited, look=look)) for look in (0, 1)]
    for name in columns[0]:
        print(f"| {name} | {' | '.join(column[name] for column in columns)} |")
    print(
        "\nHalf of the workers are lost after the second look, so that it comes true later: nobody "
        "foresees that. Those called before have their pictures waiting then; beyond "
        f"{settings.QUEUE_AT_MOST.total_seconds():.0f} s they would be asked to send them later.\n",
        flush=True,
    )


def quality(found: list[tuple[float, float, float]]) -> dict[str, str]:
    """Of ranges, against what came true."""
    found = [one for one in found if one[2] >= 1]
    off = [100 * ((least + most) / 2 - true) / true for least, most, true in found]
    far = [abs(one) for one in off]
    within = sum(least <= true <= most for least, most, true in found) / len(found)
    sooner = sum(true < least for least, _most, true in found) / len(found)
    wide = statistics.median((most - least) / ((most + least) / 2) for least, most, _ in found)
    return {
        "people who waited a minute or more after it": f"{len(found):,}",
        "came true within the range": f"{within:.0%}",
        "sooner": f"{sooner:.0%}",
        "later": f"{1 - within - sooner:.0%}",
        "the range's middle, off by, median": f"{statistics.median(off):+.0f} %",
        "without its sign, median": f"{statistics.median(far):.0f} %",
        "without its sign, 95 of 100 below": f"{statistics.quantiles(far, n=20)[-1]:.0f} %",
        "the range's width, of its middle, median": f"{wide:.0%}",
    }


def draw(number: int) -> bytes:
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    head = (
        "POST /api/v1/enrollments/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(BODY)}\r\n"
        f"X-Forwarded-For: {address}\r\n\r\n"
    )
    return head.encode() + BODY


def poll(number: int) -> bytes:
    return (
        f"GET /api/v1/line/{number}/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        "Accept: application/json\r\n\r\n"
    ).encode()


async def flood(port: int, request: Callable[[int], bytes]) -> tuple[float, Counter[int]]:
    """Requests a second, and how they were answered."""
    statuses, numbers = Counter[int](), iter(range(1, 10**9))
    until = time.monotonic() + SECONDS

    async def client() -> None:
        while time.monotonic() < until:
            statuses[await ask(port, request(next(numbers)))] += 1

    await asyncio.gather(*(client() for _ in range(AT_ONCE)))
    return sum(statuses.values()) / SECONDS, statuses


@contextmanager
def served():
    port = free_port()
    environment = os.environ | {"TRUSTED_PROXIES": "1"}
    server = subprocess.Popen(
        web("127.0.0.1", port, workers=2), cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait()


def ask_for_real() -> None:
    Stretch.objects.all().delete()
    LineRule.objects.update_or_create(pk=1, defaults={"mode": "closed"})
    kinds = (("drawing a ticket (API)", draw, 202), ("asking for a place", poll, 200))
    print("| real requests | a second | CPU ms of web each | answered otherwise |")
    print("|---|--:|--:|--:|")
    with served() as (port, process):
        for name, request, wanted in kinds:
            asyncio.run(flood(port, request))  # warm
            before, drawn = processor_seconds(process), last_drawn()
            rate, statuses = asyncio.run(flood(port, request))
            spent = 1000 * (processor_seconds(process) - before) / sum(statuses.values())
            other = sum(statuses.values()) - statuses[wanted]
            if wanted == 202 and last_drawn() - drawn != statuses[wanted]:  # noqa: PLR2004
                raise RuntimeError("a number was given twice, or to nobody")
            print(f"| {name} | {rate:,.0f} | {spent:.1f} | {other} |", flush=True)


def main(people: int) -> None:
    for command in (["migrate"], ["load_offices"], ["collectstatic", "--no-input"]):
        call_command(*command, verbosity=0)
    plan = Plan(people)
    settings.JOBS_A_SECOND = COUNTED_ON * plan.jobs / 60
    simulate(plan)
    ask_for_real()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
