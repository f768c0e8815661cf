"""The recogniser: a small convolutional network read by CTC.

1 x 32 x W gray, each line less its mean and over its spread, W a multiple of 4. Out come two steps
for every four pixels, because three Thai letters can stand above each other: N x W/2 x CLASSES.
"""

import torch
from torch import Tensor, nn

from training.alphabet import CLASSES

SHALLOW, MIDDLE, DEEP, WIDE = 24, 48, 64, 192
BLOCKS = 5
STRIDE = 2  # pixels of width a step stands for
SPREAD = 6.0  # added to a line's deviation, so that an empty one is not blown up


class Block(nn.Module):
    """Depthwise, twice as wide, back again, added to what came in."""

    def __init__(self, channels: int, kernel: tuple[int, int]) -> None:
        super().__init__()
        padding = (kernel[0] // 2, kernel[1] // 2)
        self.body = nn.Sequential(
            nn.Conv2d(channels, channels, kernel, padding=padding, groups=channels, bias=False),
            nn.BatchNorm2d(channels),
            nn.Conv2d(channels, 2 * channels, 1),
            nn.ReLU(inplace=True),
            nn.Conv2d(2 * channels, channels, 1, bias=False),
            nn.BatchNorm2d(channels),
        )

    def forward(self, seen: Tensor) -> Tensor:
        return seen + self.body(seen)


def narrowed(old: int, new: int, kernel: tuple[int, int], stride: tuple[int, int]) -> nn.Sequential:
    padding = (kernel[0] // 2 if stride[0] > 1 else 0, kernel[1] // 2)
    return nn.Sequential(
        nn.Conv2d(old, new, kernel, stride=stride, padding=padding, bias=False),
        nn.BatchNorm2d(new),
        nn.ReLU(inplace=True),
    )


class Recogniser(nn.Module):
    """N x 1 x 32 x W float32 to N x W/2 x CLASSES scores, not yet normalised."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.seeing = nn.Sequential(
            narrowed(1, SHALLOW, (3, 3), (2, 2)), Block(SHALLOW, (3, 3)),
            narrowed(SHALLOW, MIDDLE, (3, 3), (2, 1)), Block(MIDDLE, (3, 3)), Block(MIDDLE, (3, 3)),
            narrowed(MIDDLE, DEEP, (3, 3), (2, 2)), Block(DEEP, (3, 3)), Block(DEEP, (3, 3)),
            narrowed(DEEP, WIDE, (4, 1), (1, 1)),
        )  # fmt: skip
        self.reading = nn.Sequential(*(Block(WIDE, (1, 9)) for _ in range(BLOCKS)))
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Conv2d(WIDE, 2 * CLASSES, 1)

    def forward(self, lines: Tensor) -> Tensor:
        steps = self.head(self.dropout(self.reading(self.seeing(lines)))).squeeze(2)
        pairs = steps.transpose(1, 2)
        return pairs.reshape(pairs.shape[0], -1, CLASSES)


def normalised(lines: Tensor, widths: Tensor) -> Tensor:
    """N x 1 x H x W less each line's mean, over its deviation; 0 to the right of its width."""
    inside = torch.arange(lines.shape[3], device=lines.device)[None] < widths[:, None]
    inside = inside[:, None, None].to(lines.dtype)
    count = inside.sum((2, 3), keepdim=True) * lines.shape[2]
    mean = (lines * inside).sum((2, 3), keepdim=True) / count
    spread = (((lines - mean) * inside) ** 2).sum((2, 3), keepdim=True) / count
    return (lines - mean) / (spread.sqrt() + SPREAD) * inside
