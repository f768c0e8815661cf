"""Measures the engines on sample cards and faces and writes docs/calibration.md.

python -m devstack.embedded exec --throwaway -- \
    python -m devstack.calibrate [PART OF A TITLE] [--faces FOLDER]

FOLDER holds photos of people who agreed to it: person/photo.jpg,
and beside the people's folders captures named live_*.jpg and spoof_*.jpg.
"""

import argparse
import io
import os
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.core.management import call_command

from devstack.bench.ready import ROOT  # before all that needs Django

# isort: split
from devstack.demo.measuring.faces import write_faces

FILE, IMAGES = ROOT / "docs" / "calibration.md", ROOT / "docs" / "images"
SAMPLES = Path(os.environ.get("FACES_DIR") or ROOT.parent / "shared" / "faces")  # may be missing
HEAD = """# Calibration

Written by `make calibrate`, each part on the day that it names. What the thresholds are and why,
what these data cannot tell, and what to do before national use stands in
[verification.md](verification.md)."""
SAMPLE_FACES = "Faces of sample people: portrait off the photographed card, and selfie"
PHOTOS, ATTACKS = "Photos of people", "Attacks on the selfie"
# Title, and the management command with its arguments.
COMMANDS = {
    "Reading cards": ["measure_cards", "300"],
    "Two readers of lines, and how far they are believed": ["measure_lines", "150"],
    "Documents told from copies": ["measure_documents", "40", "--honest=200"],
    "Cards that tie an honest person to the register": ["measure_binding", "300"],
    SAMPLE_FACES: [],
    "Portraits as old cards have them": ["measure_old_portraits"],
    PHOTOS: [],
    ATTACKS: ["measure_attacks"],
    "Turned heads and turned pictures": ["measure_turns"],
    "Colours of the screen": ["measure_colours"],
    "One photo of a card, the whole way": ["measure_one_photo", "15"],
    "Sample people's own pictures, the whole way": ["measure_sessions"],
    "A recorded session handed in again": ["measure_replays", "15"],
}


def printed(*command: object, **options: object) -> str:
    out = io.StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue().strip()


def faces_in(folder: Path, plot: str) -> str:
    said = printed("calibrate_faces", folder, plot=IMAGES / plot)
    return f"{said}\n\n![](images/{plot})"


def attacks_with(folder: Path | None) -> dict[str, list[Path]]:
    """Real captures, where somebody has some."""
    if folder is None:
        return {}
    live = [*sorted(folder.glob("live_*.jpg")), *sorted(folder.glob("*/*.jpg"))]
    return {"live": live, "attack": sorted(folder.glob("spoof_*.jpg"))}


def measured(title: str, photos: Path | None) -> str | None:
    """The section's text; None where there is nothing to measure on."""
    command, options = COMMANDS[title], {}
    if title == SAMPLE_FACES:
        with tempfile.TemporaryDirectory() as made:
            write_faces(Path(made))
            return faces_in(Path(made), "calibration-samples.svg")
    if title == PHOTOS:
        return faces_in(photos, "calibration-photos.svg") if photos else None
    if title == ATTACKS:
        options = attacks_with(photos)
    if command[0] == "measure_old_portraits" and SAMPLES.is_dir():
        options = {"photos": SAMPLES}
    return f"`python manage.py {' '.join(command)}`, {_today()}\n\n{printed(*command, **options)}"


def _today() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d}"


def main(only: str, photos: Path | None) -> None:
    """All parts, or those whose title holds `only`; each is written as soon as it is measured, and
    the others stay as they were.
    """
    call_command("migrate", verbosity=0)  # for those that go the whole way
    call_command("load_offices", verbosity=0)
    text = FILE.read_text() if FILE.exists() else ""
    kept = dict(re.findall(r"^## (.+?)\n\n(.+?)\s*(?=^## |\Z)", text, re.DOTALL | re.MULTILINE))
    for title in COMMANDS:
        if only not in title:
            continue
        print(f"{title} ...", flush=True)
        kept[title] = measured(title, photos) or kept.get(title, "Not measured yet.")
        parts = [f"## {one}\n\n{kept[one]}" for one in COMMANDS if one in kept]
        FILE.write_text("\n\n".join([HEAD, *parts]) + "\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="?", default="")
    parser.add_argument("--faces", type=Path, default=None)
    main(parser.parse_args().only, parser.parse_args().faces)
