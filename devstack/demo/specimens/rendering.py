"""What a camera sees of a head in a room with one lamp: rays, light, shadow, grain.

This is rendered, with light and texture added to one portrait: the art of the most careful forgery
that liveness checks are measured on. It stands in for honest people where samples are needed. No
detector may be tuned on it, and that it passes one says nothing of how people do.
"""

from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np

from devstack.demo.specimens.head import DISTANCE, RIM, Head
from devstack.demo.specimens.screen import Screen

NEAREST, FURTHEST, STRIDE = 0.75, -2.6, 0.3  # of a ray's way through the head
ROUNDS = 5  # of finding the surface between the last place outside it and the first inside
COARSE = 2  # pixels between rays
SHADOW = (0.08, 0.16, 0.26, 0.4, 0.6)  # how far towards the lamp something may stand in its light
SHADE, HALF_SHADE = 0.7, 0.25  # how dark it is in a shadow, and how deep in it all of that
EYEBALL = 0.19
WARM, COOL = np.array([1.11, 1.0, 0.81], np.float32), np.array([0.92, 1.0, 1.13], np.float32)


@dataclass(frozen=True)
class Lamp:
    """`towards` it from the face (x to the right, y down, z to the camera), and its share of the
    light; the rest comes from all sides, but for a `screen` that is held before the face.
    """

    towards: tuple[float, float, float] = (0.6, -0.45, 0.66)
    share: float = 0.5
    shine: float = 28.0
    screen: Screen | None = None


@dataclass(frozen=True)
class Moved:
    """Angles in radians: `yaw` above 0 to the picture's right, `pitch` above 0 up; `closer` times
    larger. `mimic`: how far mouth and brows are drawn, in distances between the eyes.
    """

    yaw: float = 0.0
    pitch: float = 0.0
    closer: float = 1.0
    mimic: np.ndarray = field(default_factory=lambda: np.zeros((4, 2)))


@dataclass(frozen=True)
class Camera:
    """`size` of the picture in pixels, `roll` in degrees, `zoom`: how it is held."""

    size: tuple[int, int]
    roll: float = 0.0
    zoom: float = 1.0


def rendered(head: Head, moved: Moved, lamp: Lamp, camera: Camera) -> np.ndarray:
    """H x W x 3 float32 RGB without grain."""
    x, y = _plane(head, camera)
    rays = _Rays(head, moved, x, y)
    depth, cover = rays.hits()
    place = rays.place(depth)
    light, shine = _lit(head, rays, place, lamp)
    light, shine = (cv2.resize(one, camera.size) for one in (light, shine))
    u, v = (cv2.resize(one, camera.size) for one in _with_mimic(head, moved, *_projected(*place)))
    side = cv2.resize(_side(head, place), camera.size)[:, :, None]
    colours = _sampled(head, head.colours, u, v) * (1 - side)
    colours += _sampled(head, head.sides, u, v) * side
    light *= 1 + lamp.share * _grooves(head, rays, lamp, u, v)[:, :, None]
    seen = colours * light + shine[:, :, None] * WARM
    cover = cv2.GaussianBlur(cv2.resize(cover, camera.size), (0, 0), 1.0)[:, :, None]
    ground = _ground(head, x, y, camera.size)
    ground = lamp.screen.on_wall(ground) if lamp.screen else ground
    return seen * cover + ground * (1 - cover)


def _plane(head: Head, camera: Camera) -> tuple[np.ndarray, np.ndarray]:
    """Where each ray crosses z = 0."""
    wide, tall = camera.size[0] // COARSE, camera.size[1] // COARSE
    step = head.colours.shape[1] / wide / head.eyes / camera.zoom
    rows, columns = np.mgrid[0:tall, 0:wide].astype(np.float32)
    across, down = (columns + 0.5 - wide / 2) * step, (rows + 0.5 - tall / 2) * step
    sine, cosine = np.sin(np.radians(camera.roll)), np.cos(np.radians(camera.roll))
    return across * cosine - down * sine, across * sine + down * cosine


class _Rays:
    """Rays from the camera, told in the head's own terms: the head rests, they move.

    The neck turns and lifts the less the further down: the shoulders stay.
    """

    def __init__(self, head: Head, moved: Moved, x: np.ndarray, y: np.ndarray) -> None:
        self.head = head
        self.shift = DISTANCE * (1 - 1 / moved.closer)
        share = np.clip((head.pivot[1] + 0.75 - y / moved.closer) / 1.3, 0, 1)
        share = share * share * (3 - 2 * share)
        self.yaw = np.cos(moved.yaw * share), np.sin(moved.yaw * share)
        self.pitch = np.cos(moved.pitch * share), np.sin(moved.pitch * share)
        # A ray is (x, y, 0) + z * slope; each end is turned once, what lies between is a line.
        self.start = self._into(x, y, np.zeros_like(x))
        end = self._into(x * (1 - 1 / DISTANCE), y * (1 - 1 / DISTANCE), np.ones_like(x))
        self.slope = [after - before for before, after in zip(self.start, end, strict=True)]

    def _into(self, x: np.ndarray, y: np.ndarray, z: np.ndarray) -> list[np.ndarray]:
        """From the room's places to the head's."""
        px, py, pz = self.head.pivot
        x, y, z = x - px, y - py, z - self.shift - pz
        cosine, sine = self.pitch
        y, z = y * cosine + z * sine, z * cosine - y * sine
        cosine, sine = self.yaw
        return [x * cosine - z * sine + px, y + py, x * sine + z * cosine + pz]

    def turned_into(self, towards: np.ndarray) -> list[np.ndarray]:
        """A direction of the room in the head's terms."""
        x, y, z = (float(one) for one in towards)
        cosine, sine = self.pitch
        y, z = y * cosine + z * sine, z * cosine - y * sine
        cosine, sine = self.yaw
        return [x * cosine - z * sine, y, x * sine + z * cosine]

    def place(self, depth: np.ndarray) -> list[np.ndarray]:
        return [start + depth * slope for start, slope in zip(self.start, self.slope, strict=True)]

    def hits(self) -> tuple[np.ndarray, np.ndarray]:
        """At which room depth each ray meets the surface, and 1 where it does, 0 where not."""
        depths = np.arange(NEAREST, FURTHEST, -STRIDE) + self.shift
        before = self.inside(depths[0])
        outside = np.full(before.shape, depths[0], np.float32)
        within, at_outside, at_within = outside.copy(), before.copy(), before.copy()
        found = before > 0
        for last, depth in pairwise(depths):
            now = self.inside(depth)
            fresh = (now > 0) & ~found
            outside[fresh], within[fresh] = last, depth
            at_outside[fresh], at_within[fresh] = before[fresh], now[fresh]
            found |= fresh
            before = now
        for _ in range(ROUNDS):
            share = np.clip(at_outside / np.minimum(at_outside - at_within, -1e-6), 0.05, 0.95)
            middle = outside + share * (within - outside)
            now = self.inside(middle)
            far = now <= 0
            outside, within = np.where(far, middle, outside), np.where(far, within, middle)
            at_outside, at_within = np.where(far, now, at_outside), np.where(far, at_within, now)
        depth = np.where(found, (outside + within) / 2, RIM + self.shift).astype(np.float32)
        return depth, found.astype(np.float32)

    def inside(self, depth: np.ndarray | float) -> np.ndarray:
        """How far below the surface, above 0 in the head."""
        return _below(self.head, *self.place(depth))


def _projected(x: np.ndarray, y: np.ndarray, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where the portrait shows this place."""
    scale = DISTANCE / (DISTANCE - z)
    return x * scale, y * scale


def _sampled(head: Head, map_: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    height, width = map_.shape[:2]
    scale = head.eyes * width / head.colours.shape[1]
    return cv2.remap(
        map_, (u * scale + width / 2 - 0.5).astype(np.float32),
        (v * scale + height / 2 - 0.5).astype(np.float32),
        cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE,
    )  # fmt: skip


def _below(head: Head, x: np.ndarray, y: np.ndarray, z: np.ndarray) -> np.ndarray:
    surface = _sampled(head, head.surface, *_projected(x, y, z))
    return np.minimum(surface[:, :, 0] - z, z - surface[:, :, 1])


def _lit(
    head: Head, rays: _Rays, place: list[np.ndarray], lamp: Lamp
) -> tuple[np.ndarray, np.ndarray]:
    """By what the colours are multiplied (h x w x 3), and the shine that is added (h x w)."""
    u, v = _projected(*place)
    normals = _sampled(head, head.normals, u, v)
    skin = _sampled(head, head.skin, u, v)
    towards = np.array(lamp.towards) / np.linalg.norm(lamp.towards)
    lamp_x, lamp_y, lamp_z = rays.turned_into(towards)
    facing = normals[:, :, 0] * lamp_x + normals[:, :, 1] * lamp_y + normals[:, :, 2] * lamp_z
    free = _free(head, place, (lamp_x, lamp_y, lamp_z))
    direct = np.clip(facing, 0, 1) * free
    between = towards + np.array([0.0, 0.0, 1.0])
    half = rays.turned_into(between / np.linalg.norm(between))
    bright = sum(normals[:, :, axis] * half[axis] for axis in range(3))
    shine = lamp.shine * skin * free * np.clip(bright, 0, 1) ** 24
    direct, rest = direct[:, :, None] * lamp.share / towards[2], 1 - lamp.share
    light = direct * WARM + rest * COOL
    if lamp.screen:
        light = lamp.screen.on(light, np.moveaxis(normals, 2, 0), place)
    return light, shine.astype(np.float32)


def _free(head: Head, place: list[np.ndarray], towards: tuple[np.ndarray, ...]) -> np.ndarray:
    """1 where the lamp is seen, 0 where nose, brow or hair stand before it."""
    sparse = [np.ascontiguousarray(one[::2, ::2]) for one in place]
    ways = [one[::2, ::2] for one in towards]
    deepest = np.full(sparse[0].shape, -1.0, np.float32)
    for far in SHADOW:
        ahead = [one + far * way for one, way in zip(sparse, ways, strict=True)]
        deepest = np.maximum(deepest, _below(head, *ahead) / far)
    free = 1 - SHADE * np.clip(deepest / HALF_SHADE, 0, 1).astype(np.float32)
    free = cv2.GaussianBlur(free, (0, 0), 2.0)
    return cv2.resize(free, place[0].shape[::-1], interpolation=cv2.INTER_LINEAR)


def _grooves(head: Head, rays: "_Rays", lamp: Lamp, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """How much brighter or darker the finest relief is than the even skin around it."""
    x, y, _ = (float(one.flat[one.size // 2]) for one in rays.turned_into(np.array(lamp.towards)))
    slopes = _sampled(head, head.grooves, u, v)
    return np.clip(-(slopes[:, :, 0] * x + slopes[:, :, 1] * y) / 127, -0.6, 0.6)


def _with_mimic(
    head: Head, moved: Moved, u: np.ndarray, v: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Mouth and brows drawn a little, and the eyes kept on the screen."""
    marks = head.marks
    gaze = np.array([-np.sin(moved.yaw), np.sin(moved.pitch)]) * EYEBALL
    drawn = [
        (marks[48], 0.22, moved.mimic[0]), (marks[54], 0.22, moved.mimic[1]),
        (marks[19], 0.25, moved.mimic[2]), (marks[24], 0.25, moved.mimic[3]),
        (marks[36:42].mean(axis=0), 0.085, gaze), (marks[42:48].mean(axis=0), 0.085, gaze),
    ]  # fmt: skip
    out_u, out_v = u.copy(), v.copy()
    for middle, reach, by in drawn:
        if np.any(by):
            share = np.exp(-((u - middle[0]) ** 2 + (v - middle[1]) ** 2) / (2 * reach**2))
            out_u -= share * by[0]
            out_v -= share * by[1]
    return out_u, out_v


def _side(head: Head, place: list[np.ndarray]) -> np.ndarray:
    """1 where the surface was turned away from the portrait's camera."""
    u, v = _projected(*place)
    faced = _sampled(head, head.normals, u, v)[:, :, 2]
    behind = np.clip((RIM + 0.12 - place[2]) / 0.12, 0, 1)
    steep = np.clip((0.22 - faced) / 0.1, 0, 1)
    return np.maximum(behind, steep).astype(np.float32)


def _ground(head: Head, x: np.ndarray, y: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    return _sampled(head, head.ground, cv2.resize(x, size), cv2.resize(y, size))
