"""Does one who keeps many slow connections open keep everybody else out?

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.slow [1000]

Half of the connections send their headers a byte every two seconds, half have sent them and send
the body that way. Beside them citizens open the first page, five a second; one who has no answer
within ten seconds counts as kept out.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

from devstack.bench.online import Visitor, p95, wait_for  # makes Django ready

# isort: split
from django.core.management import call_command
from django.urls import reverse

from devstack.embedded.ports import free_port
from devstack.embedded.programs import web

EVERY, PATIENCE = 2.0, 10.0
VISITS, VISITS_A_SECOND = 100, 5
HEAD = b"POST /api/v1/enrollments/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
BODY = (
    b"POST /api/v1/enrollments/ HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n"
)


class SlowCrowd(threading.Thread):
    """So many connections to the port, each opened again when the server ends it."""

    def __init__(self, port: int, count: int) -> None:
        super().__init__(daemon=True)
        self.port, self.count = port, count
        self.loop = asyncio.new_event_loop()
        self.open = 0

    def run(self) -> None:
        with closing(self.loop), suppress(asyncio.CancelledError):
            self.loop.run_until_complete(self._all())

    async def _all(self) -> None:
        self.everybody = asyncio.gather(*(self._one(place % 2) for place in range(self.count)))
        await self.everybody

    async def _one(self, with_body: int) -> None:
        while True:
            with suppress(OSError):
                await self._trickle(BODY if with_body else HEAD)
            await asyncio.sleep(EVERY)

    async def _trickle(self, begun: bytes) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.open += 1
        try:
            writer.write(begun)
            while not reader.at_eof():
                writer.write(b"a")
                await writer.drain()
                with suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(reader.read(1000), EVERY)
        finally:
            self.open -= 1
            writer.close()

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self.everybody.cancel)
        self.join()


def visits(port: int) -> tuple[list[float], int]:
    """Milliseconds of those who got the page, and how many did not."""

    def visit(due: float) -> float | None:
        time.sleep(max(0.0, due - time.perf_counter()))
        visitor = Visitor(port, patience=PATIENCE)
        with suppress(OSError):
            visitor.ask(reverse("registration:home"))
            return 1000 * (time.perf_counter() - due)
        return None

    began = time.perf_counter()
    with ThreadPoolExecutor(VISITS) as pool:
        took = list(pool.map(visit, [began + at / VISITS_A_SECOND for at in range(VISITS)]))
    answered = [one for one in took if one is not None]
    return answered, len(took) - len(answered)


def row(name: str, port: int) -> str:
    answered, kept_out = visits(port)
    if len(answered) < 2:  # noqa: PLR2004 - quantiles want two
        return f"| {name} | - | - | {kept_out} of {VISITS} |"
    median = statistics.median(answered)
    return f"| {name} | {median:.0f} | {p95(answered):.0f} | {kept_out} of {VISITS} |"


def main(most: int) -> None:
    for command in (["migrate"], ["load_offices"], ["collectstatic", "--no-input"]):
        call_command(*command, verbosity=0)
    port = free_port()
    server = subprocess.Popen(web("127.0.0.1", port), env=os.environ | {"TRUSTED_PROXIES": "1"})
    try:
        wait_for(port)
        visits(port)  # warm
        print("| slow connections | ms, median | ms, p95 | kept out |\n|--:|--:|--:|--:|")
        print(row("none", port), flush=True)
        for count in (40, most):
            crowd = SlowCrowd(port, count)
            crowd.start()
            time.sleep(5)
            print(row(f"{count:,}", port), flush=True)
            crowd.stop()
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
