"""The light of a phone's screen on who holds it: from close by, and hardly on the wall behind.

Pictures are sRGB; light is added as light. Left out: a skin is taken to throw back of the colours
what it throws back of the room's light, and nothing else throws light on it.
"""

from dataclasses import dataclass

import numpy as np

GAMMA = 2.2  # sRGB, nearly
WALL = 30.0  # distance of the room behind, in distances between the eyes: almost two metres


@dataclass(frozen=True)
class Screen:
    """`colour` sRGB; `share` how much light it gives to what faces it at `distance` (in distances
    between the eyes), against the room's. A white one has a share of about 0.14 of 200 lux, 0.06 of
    500 and 0.014 of 2,000.
    """

    colour: tuple[int, int, int]
    share: float
    distance: float = 8.0

    def on(self, light: np.ndarray, normals: np.ndarray, place: list[np.ndarray]) -> np.ndarray:
        """What sRGB colours are multiplied by, with its light; `normals` and `place` are the
        head's, which hardly turns meanwhile.
        """
        away = self.distance - place[2]
        far = np.sqrt(place[0] ** 2 + place[1] ** 2 + away**2)
        facing = normals[2] * away / far - (normals[0] * place[0] + normals[1] * place[1]) / far
        near = np.clip(facing, 0, 1) * (self.distance / far) ** 2
        return self._added(light, near[:, :, None])

    def on_wall(self, ground: np.ndarray) -> np.ndarray:
        return ground * self._added(np.ones(3), (self.distance / (self.distance + WALL)) ** 2)

    def _added(self, light: np.ndarray, near: np.ndarray | float) -> np.ndarray:
        """The colours are equally bright, half as bright as white."""
        colour = (np.array(self.colour) / 255) ** GAMMA
        both = np.maximum(light, 0) ** GAMMA + self.share * near * colour
        return np.asarray(both ** (1 / GAMMA), np.float32)
