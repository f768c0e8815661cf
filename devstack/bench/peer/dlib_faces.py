"""Encodes all photos in a folder of person/photo files with face_recognition, prints JSON.

Runs in an environment of its own (requirements.txt beside it).
"""

import json
import sys
import time
from pathlib import Path

import face_recognition


def encoded(path: Path) -> tuple[list[float] | None, float]:
    """128 numbers of the photo's first face, or None, and the CPU seconds they took."""
    picture = face_recognition.load_image_file(path)
    began = time.process_time()
    found = face_recognition.face_encodings(picture)
    return (found[0].tolist() if found else None), time.process_time() - began


if __name__ == "__main__":
    photos = []
    for path in sorted(Path(sys.argv[1]).glob("*/*.jpg")):
        vector, seconds = encoded(path)
        photos.append({"person": path.parent.name, "vector": vector, "seconds": seconds})
    json.dump(photos, sys.stdout)
