"""Whether a head turned before the camera, or one picture of it was pulled into a turned one.

A head that turns shows skin that was not seen before, and moves it through the light of the room,
which stays where it is. A warped picture shows the same skin under the same light: laid back over
the first by optical flow it is explained to the last pore. Noise, blur and bending do not help a
warp; light that is made to stay in the room, a changing face, and tears in the picture do
(docs/calibration.md says how far).

And a camera's grain is another in each frame, where one picture's goes along with every warp.
"""

from dataclasses import dataclass

import numpy as np

from verification.faces.detection import Face
from verification.faces.laying import lay_over
from verification.faces.pose import pose_of
from verification.images.arrays import Floats, Picture

SOLID = 0.016  # all films of people score more; docs/calibration.md says which warps do
OWN_GRAIN = 0.42  # below it the finest detail goes along with the warp
LEAST_TURN, MOST_TURN = 0.16, 0.40  # as Pose.turn, against looking straight ahead
MOST_FRAMES = 4  # to each side
BETWEEN_QUARTILES = 1.349  # standard deviations of a normal distribution


@dataclass(frozen=True)
class Solid:
    """What a turned picture shows that no warp of the straight one explains; each 0 if nothing.

    `novelty`: what of the skin's pattern is not found again, 0 to 1, at most 2: half of it more.
    `shade`: how unevenly the light on it changed: deviation of the ratio's logarithm.
    `chroma`: the same of red to green and of blue to green, root of the sum of both squares.

    All three are of the middle half of the skin: a warp that smears or tears a rim is damaged
    there, and damage is no sign of life. `grain`: how much of the finest detail is not found again,
    0 to 1 or a little more; no part of the score.
    """

    novelty: float
    shade: float
    chroma: float
    grain: float = 0.0

    @property
    def score(self) -> float:
        """The geometric mean: all three have to be there."""
        return float(np.cbrt(self.novelty * self.shade * self.chroma))


@dataclass(frozen=True)
class Turned:
    """Means of the pictures turned to one side, of two sides the lower: the score, and the grain.
    None where no picture is turned.
    """

    score: float | None = None
    grain: float | None = None


def weigh(pictures: list[tuple[Picture, Face]]) -> Turned:
    """H x W x 3 uint8 RGB pictures, each with the face that counts; the first looks straight ahead.

    Of each side the four that are turned furthest count, of those turned by 0.16 to 0.40. Raises
    IndexError for an empty list.
    """
    sides = [[compare(pictures[0], one) for one in side] for side in turned_sides(pictures)]
    return Turned(
        min((float(np.mean([one.score for one in side])) for side in sides), default=None),
        min((float(np.mean([one.grain for one in side])) for side in sides), default=None),
    )


def solidity(pictures: list[tuple[Picture, Face]]) -> float | None:
    """The score of `weigh`."""
    return weigh(pictures).score


def turned_sides(pictures: list[tuple[Picture, Face]]) -> list[list[tuple[Picture, Face]]]:
    """Of each side that was turned to, what `weigh` looks at, the furthest turned first."""
    ahead = pose_of(pictures[0][1]).turn
    turns = [(pose_of(face).turn - ahead, (picture, face)) for picture, face in pictures[1:]]
    both = _turned(turns), _turned([(-turn, one) for turn, one in turns])
    return [side for side in both if side]


def compare(straight: tuple[Picture, Face], turned: tuple[Picture, Face]) -> Solid:
    """Two H x W x 3 uint8 RGB pictures of one person, of any size, each with the face."""
    laid = lay_over(straight, turned)
    if not laid.skin.any():
        return Solid(0.0, 0.0, 0.0)
    red, green, blue, grey = np.moveaxis(laid.other_light()[laid.skin], 1, 0)
    novelty, weights = laid.news()
    return Solid(
        novelty=_median(novelty[laid.skin], weights[laid.skin]),
        shade=_spread(grey),
        chroma=float(np.hypot(_spread(red - green), _spread(blue - green))),
        grain=laid.own_grain(),
    )


def _turned(turns: list[tuple[float, tuple[Picture, Face]]]) -> list[tuple[Picture, Face]]:
    far = [(turn, one) for turn, one in turns if LEAST_TURN <= turn <= MOST_TURN]
    return [one for _turn, one in sorted(far, key=lambda each: -each[0])[:MOST_FRAMES]]


def _median(values: Floats, weights: Floats) -> float:
    order = np.argsort(values)
    share = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(share, share[-1] / 2)])


def _spread(values: Floats) -> float:
    """As the standard deviation of a normal distribution, from its quartiles."""
    low, high = np.percentile(values, [25, 75])
    return float((high - low) / BETWEEN_QUARTILES)
