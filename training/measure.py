"""How well a network reads: exact lines and letters wrong, spaces left out of account."""

from collections.abc import Sequence
from pathlib import Path

import torch

from training.alphabet import collapsed
from training.augment import plain
from training.distance import distance
from training.lines import Line, LineMaker
from training.network import STRIDE, Recogniser, normalised

TEST_SEED = 20_240_607


def drawn_lines(assets: Path, *, count: int) -> list[Line]:
    """Lines in typefaces that training never sees."""
    maker = LineMaker(assets, TEST_SEED, held_out=True)
    return [maker.draw() for _ in range(count)]


@torch.no_grad()
def read(network: Recogniser, line: Line, device: torch.device) -> str:
    crop = torch.from_numpy(line.crop)[None].to(device)
    wide = crop.shape[2]
    crop = torch.nn.functional.pad(crop, (0, -wide % 16))
    pixels, widths = plain(crop, torch.tensor([float(wide)], device=device))
    steps = network(normalised(pixels, widths))[0, : -(-wide // STRIDE)]
    return collapsed(steps.argmax(1).tolist())


def measured(network: Recogniser, lines: Sequence[Line], device: torch.device) -> dict[str, float]:
    """`exact` share of lines, `cer` letters wrong for each letter."""
    wrong, letters, exact = 0, 0, 0
    for line in lines:
        said, true = read(network, line, device).replace(" ", ""), line.text.replace(" ", "")
        away = distance(said, true)
        wrong, letters, exact = wrong + away, letters + len(true), exact + (away == 0)
    return {"exact": round(exact / len(lines), 4), "cer": round(wrong / letters, 5)}
