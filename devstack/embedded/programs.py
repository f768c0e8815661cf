"""The commands that make up the portal; `Procfile` names the same ones for production."""

import shutil
import sys
from pathlib import Path

CELERY = [sys.executable, "-m", "celery", "-A", "dopa_portal.celery"]
# One thread a process: the library threads of two workers would fight for the cores.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}


def counting_together(folder: Path) -> dict[str, str]:
    """The environment in which all processes count into one emptied folder, for /metrics/."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return {"PROMETHEUS_MULTIPROC_DIR": str(folder)}


def web(host: str, port: int, *, workers: int = 2) -> list[str]:
    return [
        *[sys.executable, "-m", "gunicorn", "dopa_portal.wsgi"],
        f"--bind={host}:{port}",
        "--worker-class=core.front.BufferingWorker",
        "--worker-connections=2000",
        f"--workers={workers}",
        "--threads=8",
        "--timeout=60",
        "--graceful-timeout=5",
        "--max-requests=20000",
        "--max-requests-jitter=2000",
        "--log-level=warning",
    ]


def celery_worker(queues: str, *, processes: int) -> list[str]:
    return [
        *[*CELERY, "worker"],
        f"--queues={queues}",
        f"--concurrency={processes}",
        "--pool=prefork",
        f"--hostname={queues.replace(',', '-')}@%h",
        "--without-gossip",
        "--without-mingle",
        "--loglevel=INFO",
    ]


def beat(schedule: Path) -> list[str]:
    return [*CELERY, "beat", f"--schedule={schedule}", "--pidfile=", "--loglevel=WARNING"]
