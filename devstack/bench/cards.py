"""Our reader beside ThaiPersonalCardExtract and plain Tesseract, on the same photos of cards.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.cards [12]

So many specimens, both sides, under drawn conditions, and the photos of ../shared/cards where they
are. The peer is installed by hash into an environment that is gone afterwards.
"""

import json
import statistics
import sys
import tempfile
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import tesserocr

from devstack.bench.ready import ROOT  # before all that needs Django

# isort: split
from django.conf import settings
from PIL import Image

from devstack.bench.peers import peer_python, told
from devstack.demo.measuring.cards import take_card
from devstack.demo.specimens.wording import english_date, thai_date
from verification.cards import read_back, read_front
from verification.images import decode

PEER = ROOT / "devstack" / "bench" / "card_peer"
PHOTOS = ROOT.parent / "shared" / "cards" / "photos"
TESSDATA = Path(settings.MODELS_DIR) / "tessdata"
READ = {"front": read_front, "back": read_back}
GROUPS = {
    "number": ("number",),
    "Thai names": ("first_name_th", "last_name_th"),
    "English names": ("first_name_en", "last_name_en"),
    "dates": ("birth_date", "issue_date", "expiry_date"),
    "address": ("address",),
    "laser code": ("laser_code",),
}
FIELDS = {name: group for group, names in GROUPS.items() for name in names}


@dataclass(frozen=True)
class Photo:
    """`name` begins with the side; `printed` is what stands on that side, by field."""

    name: str
    jpeg: bytes
    printed: dict[str, str]

    @property
    def side(self) -> str:
        return self.name.partition("-")[0]


@dataclass(frozen=True)
class Read:
    """The fields that are right, and the CPU seconds of the photo; `refused`: nothing was read."""

    right: frozenset[str]
    refused: bool
    seconds: float


def specimens(count: int, seed: int) -> list[Photo]:
    photos = []
    for one in range(seed, seed + count):
        taken = take_card(one, unseen=True)
        for side, jpeg in zip(READ, (taken.front, taken.back), strict=True):
            printed = {name: getattr(taken.person, name) for name in of_side(side)}
            photos.append(Photo(f"{side}-{one}.jpg", jpeg, printed))
    return photos


def shared_photos() -> list[Photo]:
    if not PHOTOS.is_dir():
        return []
    return [
        Photo(
            f"{truth['side']}-{name}",
            (PHOTOS / name).read_bytes(),
            {field: truth["fields"][field] for field in of_side(truth["side"])},
        )
        for name, truth in json.loads((PHOTOS / "truth.json").read_text()).items()
    ]


def of_side(side: str) -> list[str]:
    return [name for name in FIELDS if (name == "laser_code") == (side == "back")]


def bare(text: str) -> str:
    """Letters, their marks and digits alone: no rule of spacing, case or points is asked for."""
    kept = (one for one in text.casefold() if unicodedata.category(one)[0] in "LMN")
    return "".join(kept)


def forms(name: str, value: str) -> list[str]:
    """How a value may be printed: a date in either language."""
    shown = [thai_date(value), english_date(value)] if name.endswith("_date") else [value]
    return [bare(one) for one in shown]


def ours(photo: Photo) -> Read:
    """Fields by their names, each as a whole."""
    began = time.process_time()
    found = READ[photo.side](decode(photo.jpeg)).fields
    seconds = time.process_time() - began
    right = {
        name
        for name, value in photo.printed.items()
        if name in found and bare(found[name].value) == bare(value)
    }
    return Read(frozenset(right), not found, seconds)


def in_text(photo: Photo, text: str, seconds: float) -> Read:
    """A field counts where one of its forms stands anywhere in what was read."""
    read = bare(text)
    right = {
        name
        for name, value in photo.printed.items()
        if any(form in read for form in forms(name, value))
    }
    return Read(frozenset(right), not read, seconds)


def plain(photos: list[Photo]) -> list[Read]:
    reads = []
    with tesserocr.PyTessBaseAPI(path=str(TESSDATA), lang="tha+eng") as api:
        for photo in photos:
            began = time.process_time()
            api.SetImage(Image.fromarray(decode(photo.jpeg)))
            text = api.GetUTF8Text()
            reads.append(in_text(photo, text, time.process_time() - began))
    return reads


def theirs(photos: list[Photo], python: Path) -> list[Read]:
    with tempfile.TemporaryDirectory() as folder:
        for photo in photos:
            (Path(folder) / photo.name).write_bytes(photo.jpeg)
        said = {one["name"]: one for one in told(python, PEER / "thai_card.py", folder, TESSDATA)}
    return [
        in_text(photo, said[photo.name]["text"], said[photo.name]["seconds"]) for photo in photos
    ]


def line(title: str, photos: list[Photo], reads: list[Read]) -> str:
    printed = [name for photo in photos for name in photo.printed]
    right = [name for read in reads for name in read.right]
    shares = [
        f"{sum(FIELDS[name] == group for name in right)}"
        f" of {sum(FIELDS[name] == group for name in printed)}"
        for group in GROUPS
    ]
    refused = sum(read.refused for read in reads)
    seconds = [
        f"{statistics.median(times):.2f}" if times else "-"
        for side in READ
        for times in [
            [read.seconds for photo, read in zip(photos, reads, strict=True) if photo.side == side]
        ]
    ]
    cells = [f"**{len(right)} of {len(printed)}**", *shares, str(refused), *seconds]
    return f"| {title} | {' | '.join(cells)} |"


def compare(title: str, photos: list[Photo], python: Path) -> None:
    head = ["", "all fields", *GROUPS, "nothing read", "CPU s, front", "CPU s, back"]
    print(f"\n{title}\n\n| {' | '.join(head)} |\n|---|{'--:|' * (len(head) - 1)}")
    print(line("this portal", photos, [ours(photo) for photo in photos]), flush=True)
    print(line("ThaiPersonalCardExtract", photos, theirs(photos, python)), flush=True)
    print(line("Tesseract, tha+eng", photos, plain(photos)), flush=True)


def main(count: int, seed: int) -> None:
    ours(specimens(1, seed - 1)[0])  # loads the models
    with peer_python(PEER) as python:
        compare(f"{count} specimens, both sides", specimens(count, seed), python)
        if photos := shared_photos():
            compare(f"{len(photos)} photos of fictional people on real grounds", photos, python)
        else:
            print("\nPhotos on real grounds: not on this machine, left out.")
    print(
        "\nOurs counts where the field of that name is the printed value; a peer's where the value"
        " stands anywhere in all that it read. Spaces, points, hyphens and case count for nobody;"
        " titles and religion are left out. ThaiPersonalCardExtract reads by its"
        " Tesseract provider: easyocr's models cannot be installed by hash."
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12, seed=9000)
