"""What becomes of light pages when more is asked than can be answered, with and without shedding.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.knee [15]

The knee is what 16 visitors get who ask for the first page again and again. Then so many a second
come as were answered there, half of it and twice of it, however long the others wait; and twice of
it beside 16 who send pictures of 400 kB. The clients share the machine's cores with the portal.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress

from devstack.bench.online import ROOT, p95, wait_for  # makes Django ready

# isort: split
from django.core.management import call_command

from devstack.embedded.ports import free_port
from devstack.embedded.programs import web

AT_ONCE, PATIENCE = 16, 20.0
PICTURE = b"\xff\xd8" + bytes(400_000)
UPLOAD = (
    b"POST /register/card/front/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
    b"Content-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % len(PICTURE)
) + PICTURE
WORKERS = {
    "everybody waits": "devstack.bench.patient.PatientWorker",
    "turned away": "core.front.BufferingWorker",
}


async def ask(port: int, sent: bytes) -> int:
    """The status of the answer, 0 where there is none in time."""
    with suppress(OSError, asyncio.TimeoutError, ValueError, IndexError):
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            try:
                writer.write(sent)
                answer = await reader.read()
            finally:
                writer.close()
            return int(answer.split(b" ", 2)[1])
    return 0


def page(number: int) -> bytes:
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    head = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: "
    return f"{head}{address}\r\n\r\n".encode()


async def again_and_again(port: int, sent: bytes, seconds: float) -> int:
    """How many were answered."""
    until, answered = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        answered += bool(await ask(port, sent))
    return answered


async def knee(port: int, seconds: float) -> float:
    """Pages a second."""
    visitors = (again_and_again(port, page(one), seconds) for one in range(AT_ONCE))
    return sum(await asyncio.gather(*visitors)) / seconds


async def at_rate(port: int, rate: float, seconds: float) -> tuple[list[float], Counter[int]]:
    """Milliseconds from when each was due until it had its page; how all were answered."""
    began, took, statuses = time.monotonic(), list[float](), Counter[int]()

    async def visit(number: int) -> None:
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        status = await ask(port, page(number))
        statuses[status] += 1
        if status == 200:  # noqa: PLR2004
            took.append(1000 * (time.monotonic() - due))

    await asyncio.gather(*(visit(number) for number in range(round(rate * seconds))))
    return took, statuses


async def beside_uploads(port: int, rate: float, seconds: float) -> tuple[list, Counter]:
    senders = [asyncio.create_task(again_and_again(port, UPLOAD, seconds)) for _ in range(AT_ONCE)]
    seen = await at_rate(port, rate, seconds)
    await asyncio.gather(*senders)
    return seen


def row(who: str, name: str, rate: float, seen: tuple[list[float], Counter[int]]) -> str:
    took, statuses = seen
    every = sum(statuses.values())
    shares = [f"{100 * statuses[status] / every:.0f} %" for status in (200, 503, 0)]
    times = f"{statistics.median(took):,.0f} | {p95(took):,.0f}" if len(took) > 1 else "- | -"
    return f"| {name} | {who} | {rate:.0f} | {times} | {' | '.join(shares)} |"


async def measure(who: str, port: int, rate: float, seconds: float) -> None:
    for name, share in (("half of it", 0.5), ("the knee", 1), ("twice of it", 2)):
        seen = await at_rate(port, share * rate, seconds)
        print(row(who, name, share * rate, seen), flush=True)
        await asyncio.sleep(3)
    seen = await beside_uploads(port, rate / 4, seconds)
    print(row(who, "a quarter, beside uploads", rate / 4, seen), flush=True)


def main(seconds: float) -> None:
    for command in (["migrate"], ["load_offices"], ["collectstatic", "--no-input"]):
        call_command(*command, verbosity=0)
    rate = 0.0
    for who, worker in WORKERS.items():
        port = free_port()
        command = [*web("127.0.0.1", port), f"--worker-class={worker}"]
        environment = os.environ | {"TRUSTED_PROXIES": "1"}
        server = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            wait_for(port)
            asyncio.run(knee(port, 5))  # warm
            if not rate:
                rate = asyncio.run(knee(port, seconds))
                print(
                    f"The knee: {rate:.0f} first pages a second.\n\n"
                    "| asked for | | a second | ms, median | ms, p95 | got it | turned away | none "
                    "in 20 s |\n|---|---|--:|--:|--:|--:|--:|--:|"
                )
            asyncio.run(measure(who, port, rate, seconds))
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 15)
