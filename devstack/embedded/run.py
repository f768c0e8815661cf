"""`make run`: the whole portal under one process, until Ctrl-C.

Starts PostgreSQL and Valkey (unless DATABASE_URL and REDIS_URL name others), brings tables and
files up to date as the owner of the tables, then keeps web, workers and beat running, under a role
that owns nothing (DATABASE_SERVING_URL), and makes the sample data. Data lies in
`var/` and stays; when this process ends, however it ends, so does everything it started.
"""

import os
import signal
import sys
import time
import urllib.request
from functools import partial
from pathlib import Path

from core.upkeep.pulse import Pulse
from devstack.embedded import as_made, programs
from devstack.embedded.child import Child, ChildFailed
from devstack.embedded.paths import ROOT, var_dir
from devstack.embedded.ports import why_not
from devstack.embedded.pulse import told_by
from devstack.embedded.servers import AlreadyRunning, Servers

READY_WITHIN = 60.0
SEED = ROOT / "devstack" / "demo" / "management" / "commands" / "seed_demo.py"
MANAGE = [sys.executable, str(ROOT / "manage.py")]


class Stopped(Exception):
    """Somebody asked the portal to end."""


class Supervisor:
    """One run of the portal out of `folder`, answering at `host`:`port`."""

    def __init__(self, folder: Path, *, host: str, port: int) -> None:
        self.folder = folder
        self.host = host
        self.port = port
        self.url = f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}/"  # noqa: S104
        self.services = Servers(folder)
        self.children: list[Child] = []
        self.environment: dict[str, str] = {}
        self.pulse: Pulse | None = None

    def run(self) -> None:
        """Start, tend, and stop everything; raises what kept it from starting."""
        try:
            self._start()
            self._make_samples()
            while True:
                self._tend()
        except Stopped:
            say("Stopping")
        finally:
            self._stop()

    def _start(self) -> None:
        began = time.monotonic()
        self.services.claim()
        reason = why_not(self.host, self.port)
        if reason:
            raise ChildFailed(f"{reason} Choose another: PORT={self.port + 1} make run")
        self.services.start(say)
        self.environment = os.environ | self.services.serving | programs.ONE_THREAD
        self.environment |= programs.counting_together(self.folder / "metrics")
        self.environment.setdefault("PORTAL_ADDRESS", self.url.rstrip("/"))
        prepare = [sys.executable, "-m", "devstack.embedded.prepare"]
        self._finish(self._task("prepare", prepare, **self.services.environment))
        say("Starting the web server")
        self._wait_for(self._keep("web", programs.web(self.host, self.port)))
        say(f"The portal answers at {self.url} after {time.monotonic() - began:.0f} s")
        say("Starting workers and clock")
        self._keep("verification", programs.celery_worker("verification", processes=2))
        self._keep("worker", programs.celery_worker("default", processes=1))
        self._keep("imports", programs.celery_worker("imports", processes=1))
        self._keep("beat", programs.beat(self.folder / "beat-schedule"))
        self.pulse = Pulse(partial(told_by, health_page(self.host, self.port)))

    def _keep(self, name: str, command: list[str]) -> Child:
        child = Child(
            name,
            command,
            log=self.folder / "log" / f"{name}.log",
            env=self.environment,
            stop_signals=(signal.SIGTERM, signal.SIGQUIT),
        )
        self.children.append(child)
        child.start()
        return child

    def _task(self, name: str, command: list[str], **environment: str) -> Child:
        """A command that ends by itself; what it prints is for the reader of this terminal."""
        folder = self.folder / "log"
        task = Child(
            name,
            command,
            log=folder / f"{name}.log",
            output=folder / f"{name}.out",
            env=self.environment | environment | {"PYTHONUNBUFFERED": "1"},
        )
        task.start()
        return task

    def _finish(self, task: Child) -> None:
        """Tell what `task` prints until it ends; raises ChildFailed."""
        try:
            while task.running:
                self._tend()
                self._tell(task)
            self._tell(task)
        finally:
            ending = task.ending() if not task.running else ""
            task.stop()
        if ending != "exit code 0":
            raise ChildFailed(f"{task.name} failed ({ending}):\n{task.last_words()}")

    def _tell(self, task: Child) -> None:
        for line in task.new_lines():
            say(line)

    def _make_samples(self) -> None:
        """Through the portal's own pipeline, so it serves and its workers work meanwhile."""
        if SEED.exists() and os.environ.get("DOPA_SAMPLES") != "0":
            try:
                self._finish(self._task("samples", [*MANAGE, "seed_demo"]))
                self._keep_as_made()
            except ChildFailed as problem:
                say(f"The portal runs on without all samples: {problem}")
        sign_ins = self.folder / "sample-sign-ins.txt"
        if sign_ins.exists():
            print(f"\n{sign_ins.read_text().strip()}\n", flush=True)
        say(f"Try it out: {self.url}try/")
        say(f"The portal is at {self.url} (Ctrl-C stops it; its data stays in {self.folder})")

    def _keep_as_made(self) -> None:
        """For `make reset`, once, and only where the database is one of ours."""
        address = self.services.environment["DATABASE_URL"]
        if as_made.is_ours(self.folder, address) and not as_made.is_kept(address):
            say("Keeping the samples as they are, for `make reset`")
            as_made.keep(self.folder, address)

    def _wait_for(self, web: Child) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while not answers_ready(self.host, self.port):
            if not web.running or time.monotonic() > deadline:
                raise ChildFailed(f"The web server does not start:\n{web.last_words()}")
            time.sleep(0.1)

    def _tend(self) -> None:
        for child in [*self.services.children, *self.children]:
            event = child.tend()
            if event:
                say(event)
        if self.pulse and self.pulse.stopped():
            self._start_anew("worker", "beat")
        time.sleep(0.1)

    def _start_anew(self, *names: str) -> None:
        say(f"No work is done: {' and '.join(names)} start again")
        for child in self.children:
            if child.name in names:
                child.stop()
                child.start()

    def _stop(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # once is enough, and stopping must end
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.stop()
        self.services.stop()


def health_page(host: str, port: int) -> str:
    address = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104
    return f"http://{address}:{port}/health/ready/"


def answers_ready(host: str, port: int) -> bool:
    try:
        urllib.request.urlopen(health_page(host, port), timeout=5).close()  # noqa: S310 - our own page
    except OSError:
        return False
    return True


def say(sentence: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {sentence}", flush=True)


def stop_when_asked(number: int, _: object) -> None:
    raise Stopped(signal.Signals(number).name)


def chosen_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) < 2**16:
        sys.exit(f"PORT={text} is no port: give a number from 1 to 65535")
    return int(text)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "devstack.settings.development")
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop_when_asked)
    host = os.environ.get("HOST") or "127.0.0.1"  # the samples' passwords are known to everybody
    try:
        Supervisor(var_dir(), host=host, port=chosen_port()).run()
    except (AlreadyRunning, ChildFailed) as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
