"""Train the line recogniser on lines drawn meanwhile.

    python -m training.train ASSETS OUT.pt --minutes 170 --processes 1 --device cpu

The learning rate follows the clock, not steps: a run ends when its minutes are over. It goes on
from OUT.pt when that is there; --pause stops one call early, for machines lent by the hour.

The shipped weights took a quarter of an hour on a GPU and sixteen cores:

    --minutes 15.2 --device cuda --processes 15 --pixels 65536 --lines 600000 --fresh 10
"""

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.alphabet import BLANK
from training.augment import augmented
from training.buffer import Buffer
from training.measure import drawn_lines, measured
from training.network import STRIDE, Recogniser, normalised

WARM_UP = 200  # steps
CLIP, DECAY, AVERAGED = 2.0, 0.02, 0.999
FIRST_LINES, AHEAD = 2000, 4000
REPORTED, SAVED = 20.0, 60.0  # seconds between two reports, two files


@dataclass
class Progress:
    """What a run has done so far, and where it stands."""

    seconds: float = 0.0
    steps: int = 0
    seen: int = 0
    drawn: int = 0
    history: list[dict[str, float]] = field(default_factory=list)


class Trainer:
    """Network, its running average and the optimiser."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.device = torch.device(options.device)
        torch.manual_seed(options.seed)
        self.network = Recogniser().to(self.device, memory_format=torch.channels_last)
        self.average = Recogniser().to(self.device).eval()
        self.average.load_state_dict(self.network.state_dict())
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(), lr=options.rate, weight_decay=DECAY, betas=(0.9, 0.98)
        )
        self.progress = Progress()
        self.chance = np.random.default_rng(options.seed)

    def rate(self) -> float:
        """Warm-up by steps, then a cosine over the run's minutes."""
        done = min(1.0, self.progress.seconds / (60 * self.options.minutes))
        warm = min(1.0, (self.progress.steps + 1) / WARM_UP)
        return float(self.options.rate * warm * (0.01 + 0.99 * (1 + np.cos(np.pi * done)) / 2))

    def step(self, batch: tuple[np.ndarray, np.ndarray, np.ndarray]) -> float:
        crops, labels, sizes = (torch.from_numpy(part) for part in batch)
        crops = crops.to(self.device, non_blocking=True)
        sizes, labels = sizes.to(self.device).float(), labels.to(self.device).long()
        lines, widths = augmented(crops, sizes[:, 0])
        lines = normalised(lines, widths)
        with torch.autocast(self.device.type, torch.bfloat16):
            scores = self.network(lines.contiguous(memory_format=torch.channels_last))
        loss = self._loss(scores.float(), labels, widths, sizes[:, 1])
        for group in self.optimiser.param_groups:
            group["lr"] = self.rate()
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), CLIP)
        self.optimiser.step()
        self._follow()
        self.progress.steps += 1
        self.progress.seen += len(crops)
        return loss.detach()

    def _loss(self, scores: Tensor, labels: Tensor, widths: Tensor, letters: Tensor) -> Tensor:
        """CTC's loss a letter; lines that augmentation made too narrow count nothing."""
        steps = (widths / STRIDE).ceil().long().clamp(max=scores.shape[1])
        likely = functional.log_softmax(scores, 2).transpose(0, 1)
        losses = functional.ctc_loss(likely, labels, steps, letters.long(), BLANK,
                                     reduction="none", zero_infinity=True)  # fmt: skip
        return (losses / (letters + 2)).mean()

    @torch.no_grad()
    def _follow(self) -> None:
        """The average follows the weights: fast at first, then as AVERAGED says."""
        kept = min(AVERAGED, (1 + self.progress.steps) / (10 + self.progress.steps))
        ours, theirs = list(self.average.parameters()), list(self.network.parameters())
        torch._foreach_lerp_(ours, theirs, 1 - kept)
        for one, other in zip(self.average.buffers(), self.network.buffers(), strict=True):
            one.copy_(other)

    def save(self, path: Path) -> None:
        state = {
            "network": self.network.state_dict(), "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(), "progress": asdict(self.progress),
        }  # fmt: skip
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def load(self, path: Path) -> None:
        state = torch.load(path, map_location=self.device, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.progress = Progress(**state["progress"])


def run(trainer: Trainer, buffer: Buffer, path: Path) -> None:
    """Step until the minutes are over, or the pause comes."""
    options, progress = trainer.options, trainer.progress
    tests = drawn_lines(options.assets, count=options.tests)
    buffer.wait_for(options.first)
    base, drawn, started = progress.seconds, progress.drawn, time.monotonic()
    reported = saved = started
    for loss in losses(trainer, buffer):
        now = time.monotonic()
        progress.seconds = base + now - started
        over = progress.seconds >= 60 * options.minutes or now - started >= options.pause
        due = now - saved >= SAVED or over
        if now - reported >= REPORTED or due:
            reported, progress.drawn = now, drawn + buffer.drawn
            report(trainer, loss, tests if due else [])
        if due:
            saved = now
            trainer.save(path)
        if over:
            return


def losses(trainer: Trainer, buffer: Buffer) -> Iterator[Tensor]:
    begun = trainer.progress.seen
    while True:
        yield trainer.step(buffer.batch(trainer.options.pixels, trainer.chance))
        fresh = (trainer.progress.seen - begun) * trainer.options.fresh
        buffer.wanted[0] = AHEAD + int(fresh)


def report(trainer: Trainer, loss: Tensor, tests: list) -> None:
    progress = trainer.progress
    entry = {
        "minutes": round(progress.seconds / 60, 2), "steps": progress.steps, "seen": progress.seen,
        "drawn": progress.drawn, "loss": round(float(loss), 4),
    }  # fmt: skip
    if tests:
        entry |= measured(trainer.average, tests, trainer.device)
        progress.history.append(entry)
    print(json.dumps(entry), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("assets", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=170, help="of the whole run")
    parser.add_argument("--pause", type=float, default=1e9, help="seconds of this call")
    parser.add_argument("--processes", type=int, default=1, help="that draw lines")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--pixels", type=int, default=8192, help="of width in a batch")
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--lines", type=int, default=60_000, help="kept to draw from")
    parser.add_argument(
        "--first", type=int, default=FIRST_LINES, help="drawn before the first step"
    )
    parser.add_argument("--fresh", type=float, default=0.4, help="lines drawn for each line seen")
    parser.add_argument("--tests", type=int, default=400, help="drawn lines in unseen typefaces")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    seed = options.seed + 1_000_003 * int(time.time() % 9973 if options.out.exists() else 0)
    buffer = Buffer(options.assets, lines=options.lines, processes=options.processes, seed=seed)
    torch.set_num_threads(options.threads)
    torch.backends.cudnn.benchmark = True
    trainer = Trainer(options)
    if options.out.exists():
        trainer.load(options.out)
    try:
        run(trainer, buffer, options.out)
    finally:
        buffer.stop()


if __name__ == "__main__":
    main()
