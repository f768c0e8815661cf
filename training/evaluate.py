"""Measure the recogniser beside Tesseract on the value lines of the test photos.

    .venv/bin/python -m training.evaluate ../shared/cards --out docs/reader.md

Run it with the portal's Python: it reads with the engines that the portal reads with.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from django.conf import settings

from dopa_portal.settings.policy import MACHINE_THRESHOLDS
from training.cards import Photo, Value, photos
from training.distance import distance

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = {"number": "digits", "request": "laser", "english": "eng", "english_date": "eng"}
FRAME, TALL = 10, 64  # pixels: ground round a line for Tesseract, and the height it reads best
settings.configure(MODELS_DIR=ROOT / "models", MACHINE_THRESHOLDS=MACHINE_THRESHOLDS)

# isort: split
from training.registered import registered  # noqa: E402
from training.whole import whole_reader  # noqa: E402
from verification.cards import ocr  # noqa: E402 - needs the settings
from verification.cards.readers import for_tesseract  # noqa: E402
from verification.cards.recogniser import letters_of, line_crops, read_many, vote  # noqa: E402


class Said(NamedTuple):
    """A reader's answer, how sure it is (0 to 1), and the CPU seconds it took."""

    text: str
    sure: float
    seconds: float


TRUE = "Lines where they stand on the card"
Reader = Callable[[Photo, Value], tuple[str, float]]


def ours(ways: int, *, masked: bool = True) -> Reader:
    def read(photo: Photo, value: Value) -> tuple[str, float]:
        letters = letters_of(value.kind) if masked else None
        said = vote(read_many(line_crops(photo.card, value.line, ways=ways), letters=letters))
        return said.text, said.likely

    return read


def gray(photo: Photo, value: Value) -> np.ndarray:
    (line,) = line_crops(photo.card, value.line, ways=1)
    return _tall(line)


def otsu(photo: Photo, value: Value) -> np.ndarray:
    _, hard = cv2.threshold(gray(photo, value), 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return hard


def even(photo: Photo, value: Value) -> np.ndarray:
    """As the portal feeds it: its ground evened."""
    (line,) = line_crops(photo.card, value.line, ways=1)
    return for_tesseract(line)


def _tall(line: np.ndarray) -> np.ndarray:
    scale = TALL / line.shape[0]
    grown = cv2.resize(line, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return cv2.copyMakeBorder(grown, FRAME, FRAME, FRAME, FRAME, cv2.BORDER_REPLICATE)


def tesseract(*feeds: Callable[[Photo, Value], np.ndarray]) -> Reader:
    """Tesseract on one feed; of several the most confident answer."""

    def read(photo: Photo, value: Value) -> tuple[str, float]:
        language = LANGUAGES.get(value.kind, "tha")
        texts = [ocr.read_line(feed(photo, value), language) for feed in feeds]
        best = max(texts, key=lambda text: text.confidence)
        return best.text, best.confidence

    return read


READERS: dict[str, Reader] = {
    "Tesseract, gray": tesseract(gray),
    "Tesseract, Otsu": tesseract(otsu),
    "Tesseract, even ground": tesseract(even),
    "Tesseract, most confident of three": tesseract(gray, otsu, even),
    "own, any letter": ours(1, masked=False),
    "own, one pass": ours(1),
    "own, vote of three": ours(3),
    "own, vote of six": ours(6),
}


def answers(cards: list[Photo], reader: Reader) -> dict[tuple[str, str], tuple[Value, Said]]:
    found = {}
    for photo in cards:
        for value in photo.values:
            begun = time.process_time()
            text, sure = reader(photo, value)
            said = Said(text, sure, time.process_time() - begun)
            found[photo.name, value.field] = value, said
    return found


def table(results: dict[str, dict]) -> list[str]:
    rows = ["| reader | exact | CER | CPU ms a line |", "|---|--:|--:|--:|"]
    for name, found in results.items():
        pairs = [(bare(value.text), bare(said.text)) for value, said in found.values()]
        exact = sum(true == said for true, said in pairs)
        wrong = sum(distance(said, true) for true, said in pairs)
        cer = wrong / sum(len(true) for true, _ in pairs)
        cost = np.median([said.seconds for _, said in found.values()]) * 1000
        rows.append(f"| {name} | {exact} of {len(pairs)} ({exact / len(pairs):.1%}) | {cer:.4f} "
                    f"| {cost:.1f} |")  # fmt: skip
    return rows


def by_field(results: dict[str, dict], names: list[str]) -> list[str]:
    exact: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for name in names:
        for (_, field), (value, said) in results[name].items():
            exact[field][name].append(bare(value.text) == bare(said.text))
    rows = [f"| field, lines | {' | '.join(names)} |", "|---|" + "--:|" * len(names)]
    for field, counts in exact.items():
        lines = len(next(iter(counts.values())))
        rows.append(f"| {field}, {lines} | {' | '.join(str(sum(counts[n])) for n in names)} |")
    return rows


def bare(text: str) -> str:
    return text.replace(" ", "")


def sureness(own: dict, other: dict) -> list[str]:
    """How many lines are sure by several rules, and how many of those are wrong."""
    agree = {key for key in own if bare(own[key][1].text) == bare(other[key][1].text)}
    rules = {
        f"own vote, likely >= {least}": {k for k in own if own[k][1].sure >= least}
        for least in (0.5, 0.7, 0.9)
    }
    rules["own vote and Tesseract agree"] = agree
    rules["agree, or own >= 0.9"] = agree | rules["own vote, likely >= 0.9"]
    rows = ["| sure by | lines | of them wrong |", "|---|--:|--:|"]
    for name, keys in rules.items():
        wrong = sum(bare(own[key][0].text) != bare(own[key][1].text) for key in keys)
        rows.append(f"| {name} | {len(keys)} of {len(own)} | {wrong} |")
    return rows


def misread(found: dict) -> list[str]:
    return [
        f"- {name[:2]} {field}: `{value.text}` read as `{said.text}`"
        for (name, field), (value, said) in found.items()
        if bare(value.text) != bare(said.text)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cards", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    conditions = {
        TRUE: photos(options.cards),
        "Corners off by up to 1 % of the card's width": photos(options.cards, shaken=0.01),
        "Lines where the layout has them, unregistered": photos(options.cards, placed=False),
        "Found and laid straight by the labels": registered(options.cards),
    }
    parts = [(ROOT / "training" / "reader.md").read_text("utf-8").strip()]
    parts += ["## The whole reader", "\n".join(whole_reader(options.cards))]
    for title, drawn in conditions.items():
        cards = list(drawn)
        results = {name: answers(cards, reader) for name, reader in READERS.items()}
        parts += [f"## {title}", "\n".join(table(results))]
        if title == TRUE:
            names = ["Tesseract, even ground", "Tesseract, most confident of three",
                     "own, one pass", "own, vote of three"]  # fmt: skip
            parts += ["\n".join(by_field(results, names))]
            parts += ["\n".join(sureness(results[names[3]], results[names[1]]))]
            parts += ["Misread by the vote of three:"]
            parts.append("\n".join(misread(results["own, vote of three"])) or "none.")
    text = "\n\n".join(parts) + "\n"
    if options.out:
        options.out.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
