"""Our faces beside dlib's face_recognition, on the same photos: who errs, and what it costs.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.faces [FOLDER ...]

Compares sample people (portrait off the photographed card, selfie) and each FOLDER of person/photo
files. dlib is installed by hash into an environment that is gone afterwards.
"""

import statistics
import sys
import tempfile
import time
from itertools import combinations
from pathlib import Path

import numpy as np

from devstack.bench.ready import ROOT  # before all that needs Django

# isort: split
from django.conf import settings

from devstack.bench.peers import peer_python, told
from devstack.demo.measuring.faces import write_faces
from verification.faces.calibration import Scores, Share
from verification.faces.engine import embed, find_faces
from verification.images import decode

PEER = ROOT / "devstack" / "bench" / "peer"
PEER_THRESHOLD = -0.6  # face_recognition takes a distance of at most 0.6 for the same person


def ours(folder: Path) -> list[dict]:
    photos = []
    for path in sorted(folder.glob("*/*.jpg")):
        picture = decode(path.read_bytes())
        began = time.process_time()
        faces = find_faces(picture)
        vector = embed(picture, faces[0]).vector if faces else None
        seconds = time.process_time() - began
        photos.append({"person": path.parent.name, "vector": vector, "seconds": seconds})
    return photos


def line(title: str, photos: list[dict], *, threshold: float, distance: bool) -> str:
    """Errors at a threshold; of a distance the negative is taken, so that more is more alike."""
    genuine, impostor = [], []
    for one, other in combinations([photo for photo in photos if photo["vector"] is not None], 2):
        first, second = np.asarray(one["vector"]), np.asarray(other["vector"])
        alike = -np.linalg.norm(first - second) if distance else first @ second
        (genuine if one["person"] == other["person"] else impostor).append(float(alike))
    false_match, false_non_match = Scores(
        np.sort(genuine), np.sort(impostor)
    ).errors_at(threshold)  # fmt: skip
    seconds = statistics.median(photo["seconds"] for photo in photos[1:])
    lost = Share(sum(photo["vector"] is None for photo in photos), len(photos))
    return f"| {title} | {seconds:.3f} | {lost} | {false_match} | {false_non_match} |"


def compare(title: str, folder: Path, python: Path) -> None:
    print(f"\n{title}\n\n| | CPU s a photo | no face found | FMR | FNMR |\n|---|--:|---|---|---|")
    threshold = settings.MACHINE_THRESHOLDS["face_match"]
    print(line("this portal", ours(folder), threshold=threshold, distance=False), flush=True)
    photos = told(python, PEER / "dlib_faces.py", folder)
    print(line("face_recognition", photos, threshold=PEER_THRESHOLD, distance=True), flush=True)


def main(folders: list[Path]) -> None:
    with peer_python(PEER) as python, tempfile.TemporaryDirectory() as made:
        write_faces(Path(made))
        compare("Sample people", Path(made), python)
        for folder in folders:
            compare(f"Photos of people ({len(list(folder.glob('*/*.jpg')))})", folder, python)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
