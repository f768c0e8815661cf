"""Measures the engines on sample cards and faces and writes docs/calibration.md.

python -m devstack.embedded exec --throwaway -- python -m devstack.calibrate [--faces FOLDER]

FOLDER holds photos of people who agreed to it: person/photo.jpg,
and beside the people's folders captures named live_*.jpg and spoof_*.jpg.
"""

import argparse
import io
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.core.management import call_command

from devstack.bench.ready import ROOT  # before all that needs Django

# isort: split
from devstack.demo.measuring.faces import write_faces

DOCS = ROOT / "docs"
SAMPLES = Path(os.environ.get("FACES_DIR") or ROOT.parent / "shared" / "faces")  # may be missing
HEAD = """# Calibration

Written by `make calibrate` on {day}. What the thresholds are and why, what these data cannot tell,
and what to do before national use stands in [verification.md](verification.md)."""


def printed(*command: object, **options: object) -> str:
    out = io.StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue().strip()


def captures(folder: Path, kind: str) -> list[Path]:
    return sorted(folder.glob(f"{kind}_*.jpg"))


def main(photos: Path | None) -> None:
    parts = [HEAD.format(day=f"{datetime.now(UTC):%Y-%m-%d}")]
    parts += ["## Reading cards", "`python manage.py measure_cards 300`", printed("measure_cards")]
    parts += ["## Two readers of lines, and how far they are believed"]
    parts += ["`python manage.py measure_lines 150`", printed("measure_lines", 150)]
    parts += ["## Documents told from copies"]
    parts += ["`python manage.py measure_documents 40 --honest 200`"]
    parts += [printed("measure_documents", 40, honest=200)]
    parts += ["## Cards that tie an honest person to the register"]
    parts += ["`python manage.py measure_binding 300`", printed("measure_binding", 300)]
    with tempfile.TemporaryDirectory() as made:
        write_faces(Path(made))
        plot = DOCS / "images" / "calibration-samples.svg"
        parts += ["## Faces of sample people: portrait off the photographed card, and selfie"]
        parts += [printed("calibrate_faces", made, plot=plot), f"![](images/{plot.name})"]
    parts += ["## Portraits as old cards have them"]
    parts += [
        "`python manage.py measure_old_portraits`, every person's aged portrait against selfies"
    ]
    parts += [printed("measure_old_portraits", photos=SAMPLES if SAMPLES.is_dir() else None)]
    attacks = {}
    if photos:
        plot = DOCS / "images" / "calibration-photos.svg"
        parts += ["## Photos of people", printed("calibrate_faces", photos, plot=plot)]
        parts += [f"![](images/{plot.name})"]
        attacks = {"live": [*captures(photos, "live"), *sorted(photos.glob("*/*.jpg"))],
                   "attack": captures(photos, "spoof")}  # fmt: skip
    parts += ["## Attacks on the selfie", printed("measure_attacks", **attacks)]
    parts += ["## Turned heads and turned pictures", "`python manage.py measure_turns`"]
    parts += [printed("measure_turns")]
    (DOCS / "calibration.md").write_text("\n\n".join(parts) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faces", type=Path, default=None)
    main(parser.parse_args().faces)
