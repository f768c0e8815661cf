"""The blocks of docs/api.md, run one after the other in a shell against the running portal."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.portal import Portal

ROOT = Path(settings.BASE_DIR)
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.fixture
def sample_portal(portal: Portal) -> Portal:
    portal.manage("enter_sample_people")
    return portal


def test_a_registration_with_curl_ends_as_told(sample_portal: Portal, tmp_path: Path):
    blocks = BLOCK.findall((ROOT / "docs" / "api.md").read_text())
    script = "set -euo pipefail\n" + "".join(blocks)
    for program in ("manage.py", "docs/sign_proof.py"):
        script = script.replace(f".venv/bin/python {program}", f"{sys.executable} {ROOT}/{program}")
    done = subprocess.run(  # noqa: S603 - what the repository's own document says
        ["/bin/bash", "-c", script],
        env=sample_portal.environment | {"API": f"{sample_portal.url}/api/v1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (len(blocks), done.stdout.split()[-1]) == (6, "activated")
