"""Let systemd look at the units of deploy/systemd as they would be on a machine of the portal's.

The paths there are those of an installation; here they are this working tree's.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNITS = ROOT / "deploy" / "systemd"


def main() -> int:
    """The exit code of systemd-analyze, which names what is wrong; 0 where there is none."""
    program = shutil.which("systemd-analyze")
    if program is None:
        print("There is no systemd here: its units were not checked", file=sys.stderr)
        return 0
    with tempfile.TemporaryDirectory(prefix="dopa-units-") as folder:
        for unit in UNITS.iterdir():
            text = unit.read_text().replace("/opt/dopa", str(ROOT))
            (Path(folder) / unit.name.replace("@", "@web")).write_text(text)
        units = sorted(Path(folder).iterdir())
        command = [program, "verify", "--man=no", "--recursive-errors=no", *units]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    complaints = done.stdout + done.stderr
    print(complaints, end="", file=sys.stderr)
    return 1 if complaints else done.returncode


if __name__ == "__main__":
    sys.exit(main())
