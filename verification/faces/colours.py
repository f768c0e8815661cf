"""Whether a face was lit by the colours that the screen before it showed, one after the other.

The light of a phone reaches the face and hardly the room behind it. It is weak: indoors in the
evening a tenth of the light, by day next to nothing, so that often nothing can be told. A film made
beforehand shows the colours of its own time, or none. Whoever bends the picture while it is taken
knows the colours and passes.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product

import numpy as np

from verification.capture import Light
from verification.faces.challenge import SAME_PERSON, Frame
from verification.faces.engine import Embedding, Face, embed, find_faces, similarity
from verification.faces.laying import skin_of
from verification.images.arrays import Floats, Picture

# sRGB. Equally bright (a relative luminance of 0.50), so that no change of them is a flash, and
# none of them a saturated red (WCAG 2.2, 2.3.1).
COLOURS: dict[str, tuple[int, int, int]] = {
    "rose": (255, 163, 163),
    "yellow": (196, 192, 63),
    "green": (89, 211, 108),
    "blue": (124, 194, 255),
}
STEP = "colours"  # beside the head turns, once they are made
SHOWN = 6  # of them, one after the other
LEAST_KINDS = 3
SHORTEST_MS, LONGEST_MS = 500, 3_000  # between the frames of two
# Of the correlation with what the colours should do, of how much of the light is theirs, and which
# share of all sequences may fit as well; docs/verification.md says how often they err.
FOLLOWED, OTHER = 0.75, 0.92
WEAKEST, STRONG = 0.02, 0.06
AS_GOOD = 0.004
UNLIKE = 0.5
NOT_FAR = 0.5  # of what the face shows: a room that shows more was tinted with it
ABOVE, BESIDE = 0.5, 0.35  # of the face's box: what around it is not room
LEAST_ROOM = 0.03  # of the picture
GAMMA = 2.2


@dataclass(frozen=True)
class Lit:
    """`fit` is the correlation with the colours that were drawn, -1 to 1."""

    light: Light = Light.NOT_ASKED
    fit: float | None = None


def draw_colours() -> list[str]:
    """A sequence by chance; never the same colour twice in a row."""
    return list(secrets.choice(_sequences()))


def judge_colours(colours: Sequence[str], frames: Sequence[Frame], person: Embedding) -> Lit:
    """`frames` were taken under a colour each; `person` is the face of the selfie."""
    if not colours:
        return Lit()
    gaps = [later.taken - earlier.taken for earlier, later in pairwise(frames)]
    if len(frames) != len(colours) or not min(gaps, default=0) >= SHORTEST_MS:
        return Lit(Light.UNCLEAR)
    found = [(frame.picture, find_faces(frame.picture)) for frame in frames]
    shown = [(picture, faces[0]) for picture, faces in found if faces]
    if any(similarity(person, embed(*one)) < SAME_PERSON for one in shown):
        return Lit(Light.SOMEBODY_ELSE)
    if len(shown) < len(frames) or max(gaps) > LONGEST_MS:
        return Lit(Light.UNCLEAR)
    return fitted(colours, [tint_of(*one) for one in shown])


@dataclass(frozen=True)
class Tint:
    """How red and how blue the skin is, and the room behind, where one is seen: logarithms of R/G
    and of B/G.
    """

    skin: Floats
    room: Floats | None


def tint_of(picture: Picture, face: Face) -> Tint:
    """Of an H x W x 3 uint8 RGB picture."""
    room = _room(picture, face)
    seen = len(room) >= LEAST_ROOM * picture[..., 0].size
    return Tint(_ratios(skin_of(picture, face)), _ratios(room) if seen else None)


def fitted(colours: Sequence[str], tints: Sequence[Tint]) -> Lit:
    """Which sequence the tints follow, one for each colour, if any.

    The skin by itself or against the room, whichever shows more: what a camera does to all colours
    falls out against the room, whose own changes fall out without.
    """
    skin = np.array([tint.skin for tint in tints])
    ways = [_Fit.of(skin)]
    if all(tint.room is not None for tint in tints):
        room = np.array([tint.room for tint in tints])
        ways.append(_Fit.of(skin - room))
        if _Fit.of(room).shows(colours, least=NOT_FAR * ways[0].gain_of(colours)):
            return Lit(Light.UNCLEAR)
    return max(ways, key=lambda way: float(way.fits.max())).said(colours)


@dataclass(frozen=True)
class _Fit:
    """Of tints to each sequence that may be drawn: the correlation, and how much light it takes."""

    fits: Floats
    gains: Floats

    @classmethod
    def of(cls, tints: Floats) -> "_Fit":
        told = _flat(tints)
        along = _expected() @ told / _sizes()
        return cls(along / max(float(np.linalg.norm(told)), 1e-9), along / _sizes())

    def gain_of(self, colours: Sequence[str]) -> float:
        return float(self.gains[_place(colours)])

    def shows(self, colours: Sequence[str], *, least: float) -> bool:
        mine = _place(colours)
        return bool(self.fits[mine] >= FOLLOWED and self.gains[mine] >= max(least, WEAKEST))

    def said(self, colours: Sequence[str]) -> Lit:
        mine, best = _place(colours), int(np.argmax(self.fits))
        fit = float(self.fits[mine])
        as_good = float(np.mean(self.fits >= fit))
        if self.shows(colours, least=WEAKEST) and as_good <= AS_GOOD:
            return Lit(Light.FOLLOWED, round(fit, 4))
        if self.fits[best] >= OTHER and self.gains[best] >= STRONG and fit < UNLIKE:
            return Lit(Light.OTHER, round(fit, 4))
        return Lit(Light.UNCLEAR, round(fit, 4))


def _place(colours: Sequence[str]) -> int:
    return _sequences().index(tuple(colours))


@cache
def _sequences() -> list[tuple[str, ...]]:
    """All that may be drawn."""
    every = product(COLOURS, repeat=SHOWN)
    return [
        one
        for one in every
        if len(set(one)) >= LEAST_KINDS and all(a != b for a, b in pairwise(one))
    ]


@cache
def _expected() -> Floats:
    """For each sequence what its light adds to red and blue against green."""
    linear = {name: linear_light(np.array(colour)) for name, colour in COLOURS.items()}
    added = {name: np.array([one[0] - one[1], one[2] - one[1]]) for name, one in linear.items()}
    return np.array([_flat(np.array([added[name] for name in one])) for one in _sequences()])


@cache
def _sizes() -> Floats:
    return np.asarray(np.linalg.norm(_expected(), axis=1))


def _flat(tints: Floats) -> Floats:
    """Against their mean: what is there all the time says nothing."""
    return np.asarray((tints - tints.mean(axis=0)).ravel())


def linear_light(values: Floats | Picture) -> Floats:
    """sRGB of 0 to 255 as light, 0 to 1, nearly."""
    return np.asarray((np.asarray(values, np.float64) / 255) ** GAMMA)


def _ratios(pixels: Floats | Picture) -> Floats:
    """N x 3 sRGB: the logarithms of red to green and of blue to green of their mean light."""
    red, green, blue = linear_light(pixels).mean(axis=0) + 1e-4
    return np.array([np.log(red / green), np.log(blue / green)])


def _room(picture: Picture, face: Face) -> Floats:
    """N x 3: what lies beside and above the head, down to the chin."""
    left, top, right, bottom = face.box
    wide, tall = right - left, bottom - top
    rows, columns = np.mgrid[0 : picture.shape[0], 0 : picture.shape[1]]
    head = (columns > left - BESIDE * wide) & (columns < right + BESIDE * wide)
    head &= rows > top - ABOVE * tall
    return np.asarray(picture[~head & (rows < bottom - 0.2 * tall)])
