"""Run a command with PostgreSQL and Valkey at hand.

python -m devstack.embedded exec [--throwaway] -- COMMAND...

The services are those of the portal that runs out of the same folder; where none runs, or with
--throwaway, fresh ones that are gone afterwards.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from devstack.embedded.child import ChildFailed
from devstack.embedded.environment import running
from devstack.embedded.paths import ROOT, var_dir
from devstack.embedded.servers import Servers

FORWARDED = (signal.SIGTERM, signal.SIGHUP)


def main(arguments: list[str]) -> int:
    if arguments[:1] != ["exec"] or "--" not in arguments:
        print(__doc__, file=sys.stderr)
        return 2
    split = arguments.index("--")
    options, command = arguments[1:split], arguments[split + 1 :]
    addresses = None if "--throwaway" in options else running(var_dir())
    if addresses is not None:
        return run(command, addresses)
    return run_with_throwaway(command)


def run_with_throwaway(command: list[str]) -> int:
    folder = Path(tempfile.mkdtemp(prefix="dopa-"))
    folder.chmod(0o711)  # the account of the services passes through; what lies in it is private
    services = Servers(folder, throwaway=True)
    try:
        services.start(say=lambda _: None)
        return run(command, services.environment | {"DOPA_VAR_DIR": str(folder)})
    except ChildFailed as problem:
        print(problem, file=sys.stderr)
        return 1
    finally:
        services.stop()
        shutil.rmtree(folder, ignore_errors=True)


def run(command: list[str], environment: dict[str, str]) -> int:
    """The exit code of `command`; whoever ends us ends it too, and Ctrl-C reaches both."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, paths))} | environment
    process = subprocess.Popen(command, env=os.environ | environment)
    for number in FORWARDED:
        signal.signal(number, lambda number, _: process.send_signal(number))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return process.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
