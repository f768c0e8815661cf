"""Measures the budgets and writes docs/benchmarks.md: command, machine, and the figures seen.

python -m devstack.bench [PART OF A TITLE]          # ROWS=2000000: so many rows in an import
                                                    # AGAINST=REF: web CPU beside that commit's
"""

import os
import platform
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FILE = ROOT / "docs" / "benchmarks.md"
NATION, STORM, FUZZ = "Sixty million", "A storm of kills", "Requests by the schema"
# A half hour and 60 GB of disk, some hours, and half an hour: measured when asked for only.
ASKED_FOR = (NATION, STORM, FUZZ)
# Beside the portal of another commit, in the same minutes.
AGAINST = ["--against", os.environ["AGAINST"]] if os.environ.get("AGAINST") else []
PARTS = (
    ("Verification of one enrollment", ["devstack.bench.verification", "20"]),
    ("Enrollments through workers", ["devstack.bench.answers", "24"]),
    ("Cards, beside others", ["devstack.bench.cards", "12"]),
    ("Faces, beside dlib", ["devstack.bench.faces", *filter(None, [os.environ.get("FACES")])]),
    ("Looking for the same face", ["devstack.bench.duplicates", "1000000"]),
    ("An officer's pages", ["devstack.bench.desk", "20"]),
    ("Fifty officers take cases", ["devstack.bench.takes", "3000"]),
    ("Fifty officers for an hour", ["devstack.bench.desks", "50", os.environ.get("MINUTES", "60")]),
    ("Pages of figures", ["devstack.bench.dashboards", "400"]),
    ("Counters amid killed workers", ["devstack.bench.counters", "10000"]),
    ("Audit log", ["devstack.bench.audit"]),
    ("Checks of shown codes", ["devstack.bench.checks"]),
    ("Codes in a phone's browser", ["devstack.bench.browser_check"]),
    (
        "Import of the register",
        ["devstack.bench.register_import", os.environ.get("ROWS", "5000000")],
    ),
    ("Import of the pilot", ["devstack.bench.pilot_import", "100000"]),
    ("Online during an import", ["devstack.bench.online", "1000000"]),
    ("A cheap phone on a slow line", ["devstack.bench.slow_phone"]),
    ("A hundred thousand arrivals", ["devstack.bench.arrivals", "100000"]),
    ("More than can be answered", ["devstack.bench.knee", "15"]),
    ("Processor time of a request", ["devstack.bench.web_cpu", "60", *AGAINST]),
    ("Slow connections", ["devstack.bench.slow", "1000"]),
    ("Flooded by ten", ["devstack.storm.flood", "12"]),
    (
        STORM,
        ["devstack.storm", *(os.environ.get(name, "") for name in ("FAULTS", "SEED", "CITIZENS"))],
    ),
    (FUZZ, ["devstack.fuzz", os.environ.get("REQUESTS", "50000"), os.environ.get("SEED", "")]),
    (NATION, ["devstack.bench.register_import", os.environ.get("ROWS", "60000000")]),
)


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"Python {platform.python_version()}; load average at the start {os.getloadavg()[0]:.1f}"
    )


def moment() -> str:
    """When, of which commit, beside what: a figure outlives its neighbours."""
    asked = ["git", "describe", "--always", "--dirty"]
    commit = subprocess.run(asked, cwd=ROOT, text=True, capture_output=True, check=False).stdout
    load = os.getloadavg()[0]
    return f"on {datetime.now(UTC):%Y-%m-%d} at {commit.strip() or '?'}, load average {load:.1f}"


def run(command: list[str]) -> tuple[str, bool]:
    """What the command printed, as a section has it, and whether it ended well."""
    began = moment()
    prefix = [sys.executable, "-m", "devstack.embedded", "exec", "--throwaway", "--"]
    done = subprocess.run(
        [*prefix, sys.executable, "-m", *command], cwd=ROOT, text=True, stdout=subprocess.PIPE,
        env=os.environ | {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}, check=False,
    )  # fmt: skip
    shown = " ".join([*command[:1], *(Path(word).name for word in command[1:])])
    told = done.stdout.replace("928 registration offices\n", "").strip()
    return f"`{shown}` {began}\n\n{told}", not done.returncode


def main(only: str) -> int:
    """All parts, or those whose title holds `only`; the others stay as they were measured."""
    before = FILE.read_text() if FILE.exists() and only else ""
    kept = dict(re.findall(r"^## (.+?)\n\n(.+?)\s*(?=^## |\Z)", before, re.DOTALL | re.MULTILINE))
    sections, well = [], True
    for title, command in PARTS:
        if only in title and (only or title not in ASKED_FOR):
            print(f"{title} ...", flush=True)
            kept[title], ended_well = run(command)
            well = well and ended_well
        sections.append(f"## {title}\n\n{kept.get(title, 'Not measured yet.')}\n")
    head = [
        "# Benchmarks", "",
        f"`make bench` on {machine().partition(';')[0]}.",
        "Figures of one run on one machine, each with its day. Compare ratios, not seconds.", "",
    ]  # fmt: skip
    FILE.write_text("\n".join([*head, *sections]))
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
