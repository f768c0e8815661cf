"""What a worker process may take."""

import subprocess
import sys

GREEDY = """
import numpy as np
from django.conf import settings
from dopa_portal.celery import bound_memory
bound_memory()
np.zeros(settings.WORKER_MEMORY_BYTES // 2, np.uint8)
try:
    np.zeros(settings.WORKER_MEMORY_BYTES, np.uint8)
except MemoryError:
    print("refused")
"""


def test_a_job_that_asks_for_too_much_memory_fails_by_itself():
    done = subprocess.run(  # noqa: S603 - the lines above
        [sys.executable, "-c", GREEDY], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("refused\n", 0), done.stderr
