"""Requests made up out of the API's own schema by Schemathesis: what it allows and what not."""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from devstack.embedded.paths import ROOT

COMMAND = Path(sys.executable).with_name("schemathesis")
# That valid data is accepted cannot be asked: no schema says which number or photo is somebody's.
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_headers_conformance,response_schema_conformance,ignored_auth,unsupported_method"
)
SERVER_ERROR, UNAVAILABLE = 500, 503
FAILED = re.compile(r"^  ❌ (.+: \d+)$", re.MULTILINE)


@dataclass
class Answers:
    """How many of each status, and which checks failed how often."""

    statuses: Counter[int] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    said: str = ""

    def faults(self) -> int:
        return sum(
            count
            for status, count in self.statuses.items()
            if status >= SERVER_ERROR and status != UNAVAILABLE
        )


def send(
    url: str,
    *,
    examples: int,
    seed: int,
    bearers: Sequence[str] = (),
    session: str = "",
    edges: bool = True,
) -> Answers:
    """To every call at most so many `examples`, and before them what lies at the `edges` of its
    schema. Raises RuntimeError where none was sent.
    """
    with tempfile.NamedTemporaryFile() as statuses:
        told = {"BEARERS": json.dumps(bearers), "SESSION": session, "STATUSES": statuses.name}
        run = subprocess.run(
            [
                COMMAND, "run", f"{url}/api/v1/schema/", "--no-color", "--continue-on-failure",
                f"--phases={'coverage,' * edges}fuzzing", f"--checks={CHECKS}",
                f"--max-examples={examples}", f"--seed={seed}", "--request-timeout=30",
                "--suppress-health-check=all", "--generation-database=none",
            ],
            env=os.environ | {
                "SCHEMATHESIS_HOOKS": "devstack.fuzz.hooks", "PYTHONPATH": str(ROOT),
                **{f"FUZZ_{name}": value for name, value in told.items()},
            },
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        counted = json.loads(Path(statuses.name).read_text() or "{}")
    if not counted:
        raise RuntimeError(run.stdout[-2000:] + run.stderr[-2000:])
    answers = Counter({int(status): count for status, count in counted.items()})
    return Answers(answers, FAILED.findall(run.stdout), run.stdout)
