"""How long citizens and officers wait while a register is imported, beside an idle portal.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.online [rows]

The portal's web server answers real requests at a fixed rate: citizens who begin and accept the
terms, officers who look at their queue. Each is timed from the moment it was due, so that one that
waits for the one before counts as waiting. Then the same while `import_population` runs.
"""

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from devstack.bench.desk import officer_at_work  # makes Django ready

# isort: split
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from devstack.demo.population import write_population
from devstack.embedded.ports import free_port
from devstack.embedded.programs import web

VISITS_A_SECOND = 5  # four requests of a citizen, one of an officer
IDLE_SECONDS = 20
AT_ONCE = 32
ROOT = Path(__file__).resolve().parent.parent.parent
VISITORS = count(1)


class Visitor:
    """One browser: cookies, and an address of its own, as the portal counts what each asks."""

    def __init__(
        self, port: int, cookies: dict[str, str] | None = None, *, patience: float = 60
    ) -> None:
        self.port, self.cookies, self.patience = port, dict(cookies or {}), patience
        number = next(VISITORS)
        self.address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"

    def ask(self, path: str, data: dict | None = None) -> str:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-Forwarded-For": self.address,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        body = data and urlencode(data | {"csrfmiddlewaretoken": self.cookies["csrftoken"]})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        try:
            connection.request("POST" if data is not None else "GET", path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, value = cookie.partition(";")[0].split("=", 1)
                self.cookies[name] = value
        finally:
            connection.close()
        if answer.status >= http.client.BAD_REQUEST:
            raise RuntimeError(f"{path}: {answer.status}")
        return text


class Load:
    """Visits at a fixed rate until it is told to stop; milliseconds by who asked."""

    def __init__(self, port: int, officer: dict[str, str]) -> None:
        self.port, self.officer = port, officer
        self.waited: dict[str, list[float]] = {"citizens": [], "officers": []}

    def during(self, ended: threading.Event) -> dict[str, list[float]]:
        began = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            visits = []
            for number in count():
                due = began + number / VISITS_A_SECOND
                if ended.wait(max(0, due - time.perf_counter())):
                    break
                visits += [pool.submit(self.citizen, due), pool.submit(self.look, due)]
            for visit in visits:
                visit.result()
        return self.waited

    def citizen(self, due: float) -> None:
        visitor = Visitor(self.port)
        due = self.timed("citizens", due, visitor.ask, reverse("registration:home"))
        due = self.timed("citizens", due, visitor.ask, reverse("registration:start"), {"go": "1"})
        terms = reverse("registration:terms")
        due = self.timed("citizens", due, visitor.ask, terms)
        agreed = {"version": settings.TERMS_VERSION, "accept": "on"}
        self.timed("citizens", due, visitor.ask, terms, agreed)

    def look(self, due: float) -> None:
        officer = Visitor(self.port, self.officer)
        self.timed("officers", due, officer.ask, reverse("review:queue"))

    def timed(self, who: str, due: float, ask, *arguments: object) -> float:
        """When it was answered: what follows is due then."""
        ask(*arguments)
        answered = time.perf_counter()
        self.waited[who].append(1000 * (answered - due))
        return answered


def web_server(port: int) -> subprocess.Popen:
    command = web("127.0.0.1", port)
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | {"TRUSTED_PROXIES": "1"})


def wait_for(port: int) -> None:
    for _ in range(120):
        try:
            Visitor(port).ask(reverse("live"))
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The web server does not answer.")


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def idle_and_importing(port: int, register: Path) -> tuple[dict, dict]:
    """Who waited how long, before and during an import."""
    _, client = officer_at_work()
    officer = {name: cookie.value for name, cookie in client.cookies.items()}
    warm, ended = threading.Event(), threading.Event()
    for wait, seconds in ((warm, 5), (ended, IDLE_SECONDS)):
        threading.Timer(seconds, wait.set).start()
        idle = Load(port, officer).during(wait)
    importer = subprocess.Popen(
        [sys.executable, "manage.py", "import_population", register, "--skip-checks"],
        cwd=ROOT, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    over = threading.Event()
    threading.Thread(target=lambda: (importer.wait(), over.set())).start()
    busy = Load(port, officer).during(over)
    if importer.returncode:
        raise SystemExit("The import failed.")
    return idle, busy


def main(rows: int) -> None:
    for command in (["migrate"], ["load_offices"], ["collectstatic", "--no-input"]):
        call_command(*command, verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "register.csv"
        write_population(register, rows)
        port = free_port()
        server = web_server(port)
        try:
            wait_for(port)
            idle, busy = idle_and_importing(port, register)
        finally:
            server.terminate()
            server.wait()
    print("| | requests | p95 idle, ms | requests | p95 during an import, ms | ratio |")
    print("|---|--:|--:|--:|--:|--:|")
    for who in idle:
        before, during = p95(idle[who]), p95(busy[who])
        print(
            f"| {who} | {len(idle[who])} | {before:.0f} | {len(busy[who])} | {during:.0f} "
            f"| {during / before:.2f} |"
        )
    print(f"\n{rows:,} rows, {5 * VISITS_A_SECOND} requests a second, {os.cpu_count()} CPUs.")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000)
