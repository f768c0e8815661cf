"""What training does to a line each time it is seen, on the device that trains."""

import torch
from torch import Tensor
from torch.nn import functional

from training.lines import CROP_ROWS, ROWS


def augmented(lines: Tensor, widths: Tensor) -> tuple[Tensor, Tensor]:
    """N x ROWS x W uint8 to N x 1 x CROP_ROWS x W float32: moved up or down by a tenth of the
    height, made a little higher or narrower, in another light, noisier. Also the new widths.
    """
    count, _, wide = lines.shape
    device = lines.device
    seen = lines.float()[:, None]
    chance = torch.rand(count, 6, device=device)
    high = 0.9 + 0.2 * chance[:, 0]
    narrow = 0.88 + 0.12 * chance[:, 1]
    shift = (chance[:, 2] - 0.5) * 2 * 4 / ROWS * 2
    frame = torch.zeros(count, 2, 3, device=device)
    # From places in the new line to places in the old one, both from -1 to 1.
    frame[:, 0, 0] = 1 / narrow
    frame[:, 0, 2] = 1 / narrow - 1
    frame[:, 1, 1] = CROP_ROWS / ROWS * high
    frame[:, 1, 2] = shift
    grid = functional.affine_grid(frame, (count, 1, CROP_ROWS, wide), align_corners=False)
    seen = functional.grid_sample(seen, grid, padding_mode="border", align_corners=False)
    gamma = (0.75 + 0.6 * chance[:, 3]).view(-1, 1, 1, 1)
    seen = (seen / 255).clamp(0.002, 1) ** gamma * 255
    grain = (chance[:, 4] ** 3 * 6).view(-1, 1, 1, 1)
    seen = seen + torch.randn_like(seen) * grain
    return seen, (widths * narrow).floor().clamp(min=8)


def plain(lines: Tensor, widths: Tensor) -> tuple[Tensor, Tensor]:
    """The same without chance: the middle rows."""
    margin = (ROWS - CROP_ROWS) // 2
    return lines[:, margin : margin + CROP_ROWS].float()[:, None], widths
