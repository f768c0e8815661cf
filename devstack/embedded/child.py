"""A process that is watched, and that never outlives the one that started it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from pwd import struct_passwd

from devstack.embedded.account import run_as

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
LONGEST_PAUSE = 5.0  # a process that cannot start costs that little; everything else waits for it
SETTLED_AFTER = 60.0
LONGEST_LOG = 10 * 2**20


class ChildFailed(Exception):
    """A process ended when it should not have."""


class Child:
    """One long-running command with its log file; `tend()` restarts it with growing pauses."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        output: Path | None = None,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        account: struct_passwd | None = None,
        keep_open: Sequence[int] = (),
        stdin: str = "",
        stop_signals: Sequence[signal.Signals] = (signal.SIGTERM,),
    ) -> None:
        self.name = name
        self.command = list(command)
        self.log = log
        self.output = output or log
        self.told = 0
        self.env = env
        self.cwd = cwd
        self.account = account
        self.keep_open = keep_open
        self.stdin = stdin
        self.stop_signals = stop_signals
        self.process: subprocess.Popen | None = None
        self.started_at = 0.0
        self.pause = 0.0
        self.restart_at: float | None = None

    def start(self) -> None:
        self._turn_log_over()
        if self.output != self.log:
            self.output.unlink(missing_ok=True)
        with self.log.open("ab") as log, self.output.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=log,
                env=self.env,
                cwd=self.cwd,
                pass_fds=self.keep_open,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone
                preexec_fn=dies_with_parent(self.stop_signals[0]),  # noqa: PLW1509 - one thread only
                **run_as(self.account),
            )
        self.started_at = time.monotonic()
        self.restart_at = None
        with suppress(BrokenPipeError), self.process.stdin as stdin:
            stdin.write(self.stdin.encode())

    def _turn_log_over(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > LONGEST_LOG:
            self.log.replace(self.log.with_suffix(".old.log"))

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def tend(self) -> str | None:
        """Start it again when it died and its pause is over; a sentence when something happened."""
        if self.process is None or self.running:
            return None
        now = time.monotonic()
        if self.restart_at is None:
            settled = now - self.started_at > SETTLED_AFTER
            self.pause = 1.0 if settled or not self.pause else min(2 * self.pause, LONGEST_PAUSE)
            self.restart_at = now + self.pause
            return f"{self.name} ended ({self.ending()}); starts again in {self.pause:.0f} s"
        if now >= self.restart_at:
            self._clear_away()
            self.start()
        return None

    def _clear_away(self) -> None:
        """Its own children may have outlived it, and hold its port or its jobs."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def ending(self) -> str:
        code = self.process.returncode
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def ask_to_stop(self) -> None:
        if self.running:
            self.process.send_signal(self.stop_signals[0])

    def stop(self, *, patience: float = 10.0) -> None:
        """Ask with each stop signal in turn, then kill whatever is left of its process group."""
        if self.process is None:
            return
        for number in self.stop_signals:
            if self.running:
                self.process.send_signal(number)
                with suppress(subprocess.TimeoutExpired):
                    self.process.wait(patience)
        self._clear_away()
        self.process.wait()
        self.process = None

    def become(self, command: Sequence[str], cwd: Path) -> None:
        """End in peace, and go on as this."""
        self.stop()
        self.command, self.cwd = list(command), cwd
        self.start()

    def new_lines(self) -> list[str]:
        """What it wrote since the last call, whole lines only."""
        with self.output.open("rb") as output:
            output.seek(self.told)
            whole, newline, _ = output.read().rpartition(b"\n")
        self.told += len(whole) + len(newline)
        return whole.decode(errors="replace").splitlines()

    def last_words(self, lines: int = 12) -> str:
        """The end of its log, for an error message."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])


def dies_with_parent(number: signal.Signals):
    """What a new process runs first: on Linux the kernel signals it when its parent is gone."""
    parent = os.getpid()

    def prepare() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, number)
            if os.getppid() != parent:  # the parent died before the request
                os._exit(1)

    return prepare
