"""Hostile and odd pictures, decoded and read as a card: each ends in a picture or a refusal.

python -m devstack.embedded exec --throwaway -- python -m tests.verification.odd_pictures 1000

Prints what became of them, and the time and memory they took, as JSON.
"""

import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from devstack.bench.ready import ROOT  # before all that needs Django

# isort: split
import pillow_heif
from PIL import Image, ImageFilter, ImageOps

from devstack.demo.measuring.cards import take_card

SEED, CARDS = 18, 4
SMALLEST, LARGEST = 40, 6000  # pixels of a side
FORMATS = {
    "JPEG": ("RGB", "L", "CMYK"),
    "PNG": ("RGB", "L", "RGBA", "LA", "P", "1", "I;16"),
    "WEBP": ("RGB", "RGBA", "L"),
    "AVIF": ("RGB", "RGBA", "L"),
    "HEIF": ("RGB", "RGBA", "L"),
    "GIF": ("P",),
    "TIFF": ("RGB",),
    "BMP": ("RGB",),
}
OFTEN = (0.3, 0.2, 0.15, 0.12, 0.17, 0.02, 0.02, 0.02)
SLOW_TO_WRITE = 2_000_000  # pixels of a HEIC or AVIF here, so that making them takes no hours
WHOLE = 0.4  # of the files are left as they are: odd pictures, but no broken files

Draw = np.random.Generator


def photos() -> list[Image.Image]:
    """Honest photos of cards, both sides, and of faces, from which odd ones are made."""
    cards = [jpeg for seed in range(CARDS) for jpeg in take_card(seed, unseen=True)[-2:]]
    faces = [path.read_bytes() for path in sorted((ROOT / "models" / "portraits").glob("00*.jpg"))]
    return [Image.open(io.BytesIO(data)).convert("RGB") for data in [*cards, *faces]]


def drawn(draw: Draw) -> Image.Image:
    """What no card is: noise, a flat ground, stripes, a grid, a glow, specks."""
    high, wide = (int(side) for side in draw.integers(SMALLEST, 1500, 2))
    y, x = np.mgrid[:high, :wide]
    grey = [
        draw.integers(0, 256, (high, wide)),
        np.full((high, wide), draw.integers(256)),
        (x // draw.integers(1, 40)) % 2 * 255,
        ((x // 9 + y // 9) % 2) * 255,
        np.hypot(x - wide / 2, y - high / 2) % 256,
        (draw.random((high, wide)) < 0.001) * 255,
    ][draw.integers(6)]
    return Image.fromarray(grey.astype(np.uint8)).convert("RGB")


def bent(photo: Image.Image, draw: Draw) -> Image.Image:
    """A photo as nobody should hand it in."""
    wide, high = photo.size
    left, top = int(draw.integers(wide // 2)), int(draw.integers(high // 2))
    doubled = Image.new("RGB", (wide, high))
    for place in ((0, 0), (wide // 2, 0), (0, high // 2), (wide // 2, high // 2)):
        doubled.paste(photo.resize((wide // 2, high // 2)), place)
    strange = (int(draw.integers(SMALLEST, 1200)), int(draw.integers(SMALLEST, 1200)))
    return [
        lambda: photo,
        lambda: photo.crop((left, top, left + wide // 2, top + high // 2)),
        lambda: photo.rotate(float(draw.uniform(0, 360)), expand=True),
        lambda: ImageOps.mirror(photo),
        lambda: ImageOps.invert(photo),
        lambda: ImageOps.posterize(photo, 1),
        lambda: photo.filter(ImageFilter.GaussianBlur(float(draw.uniform(2, 20)))),
        lambda: photo.resize(strange),
        lambda: photo.resize((SMALLEST + 30, LARGEST // 2)),
        lambda: photo.resize((LARGEST - 300, 4200)),
        lambda: doubled,
    ][draw.integers(11)]()


def written(image: Image.Image, kind: str, draw: Draw) -> bytes:
    if kind in {"AVIF", "HEIF"} and image.width * image.height > SLOW_TO_WRITE:
        image.thumbnail((1400, 1400))
    mode = str(draw.choice(FORMATS[kind]))
    image = image.convert("L").convert("I;16") if mode == "I;16" else image.convert(mode)
    if "A" in mode:
        image.putalpha(int(draw.integers(256)))
    exif = Image.Exif()
    exif[0x0112] = int(draw.integers(10))
    options = {"exif": exif.tobytes()} if kind in {"JPEG", "PNG", "WEBP", "AVIF", "HEIF"} else {}
    extra = {
        "JPEG": {"progressive": bool(draw.integers(2)), "quality": int(draw.integers(5, 96))},
        "WEBP": {"method": 0, "lossless": bool(draw.integers(2))},
        "AVIF": {"speed": 10},
        "HEIF": {"enc_params": {"preset": "ultrafast"}},
    }
    out = io.BytesIO()
    image.save(out, kind, **options | extra.get(kind, {}))
    return out.getvalue()


def damaged(data: bytes, draw: Draw) -> bytes:
    """Bytes changed, lengths that lie, a part cut out, doubled, zeroed, a file behind it."""
    broken, at = bytearray(data), int(draw.integers(len(data)))
    head = int(draw.integers(min(len(data), 300)))
    some = int(draw.integers(1, 2000))
    what = draw.integers(7)
    if what == 0:
        for place in draw.integers(len(data), size=draw.integers(1, 40)):
            broken[place] = draw.integers(256)
    elif what == 1:
        broken[head : head + 4] = draw.bytes(4)
    elif what == 2:
        broken[head : head + 4] = b"\xff\xff\xff\xff"
    elif what == 3:
        del broken[at:]
    elif what == 4:
        broken[at:at] = broken[head : head + some] * int(draw.integers(1, 50))
    elif what == 5:
        broken[at : at + some] = bytes(some)
    else:
        broken += b"PK\x03\x04" + data[: some * 10]
    return bytes(broken)


def odd_pictures(count: int) -> Iterator[bytes]:
    pillow_heif.register_heif_opener()
    taken = photos()
    for number in range(count):
        draw = np.random.default_rng([SEED, number])
        honest = taken[draw.integers(len(taken))]
        image = drawn(draw) if draw.random() < 0.25 else bent(honest, draw)
        kind = str(draw.choice(list(FORMATS), p=OFTEN))
        data = written(image.copy(), kind, draw)
        yield data if draw.random() < WHOLE else damaged(data, draw)


def make(folder: Path, count: int) -> None:
    for number, data in enumerate(odd_pictures(count)):
        (folder / f"{number:04}").write_bytes(data)


def step(*words: str) -> dict:
    command = [sys.executable, "-m", "tests.verification.read_odd_pictures", *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603 - our own
    return json.loads(done.stdout)


def outcome(count: int) -> dict[str, dict]:
    """What became of so many, step by step, in processes that did not make them."""
    with TemporaryDirectory() as files, TemporaryDirectory() as clean:
        make(Path(files), count)
        return {"keep": step("keep", files, clean), "read": step("read", clean)}


if __name__ == "__main__":
    print(json.dumps(outcome(int(sys.argv[1])), indent=2))
