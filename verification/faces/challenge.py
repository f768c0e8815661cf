"""Head turns asked for at random, and whether they were made: a photo cannot, a recording guesses.

`turn_left` and `turn_right` are the person's own. In a picture that is not mirrored the nose then
moves to the picture's right, respectively left.
"""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from verification.faces.engine import Embedding, embed, find_faces, similarity
from verification.faces.pose import Pose, pose_of
from verification.images.arrays import Picture

TURNS = ("turn_left", "turn_right")
OTHERS = ("look_up", "come_closer")
TURNED = 0.11  # of the eyes' distance, against looking straight ahead: about 12 degrees
LIFTED = 0.06  # of the way from the eyes to the mouth
CLOSER = 1.15  # times as far between the eyes
SAME_PERSON = 0.35  # below the threshold for portraits: a turned head is less alike
SHORTEST_MS, LONGEST_MS = 60, 180_000


class Reason(StrEnum):
    """Why a challenge was not met."""

    BAD_TIMES = "bad_times"
    NO_FACE = "no_face"
    SOMEBODY_ELSE = "somebody_else"
    STEP_NOT_SEEN = "step_not_seen"


@dataclass(frozen=True)
class Challenge:
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Frame:
    """A picture (H x W x 3 uint8 RGB) and when it was taken, in milliseconds from the first."""

    picture: Picture
    taken: int


@dataclass(frozen=True)
class Judged:
    """`score` is the share of the steps that were seen, 0 to 1."""

    passed: bool
    score: float
    reason: Reason | None = None


def issue() -> Challenge:
    """Two steps in random order, at least one of them a turn."""
    draw = secrets.SystemRandom()
    steps = [draw.choice(TURNS), draw.choice((*TURNS, *OTHERS))]
    if steps[0] == steps[1]:
        steps[1] = draw.choice(OTHERS)
    draw.shuffle(steps)
    return Challenge(tuple(steps))


def judge(challenge: Challenge, frames: list[Frame], person: Embedding) -> Judged:
    """Whether the frames show the steps in order, made by `person`, the face of the selfie.

    The first frame looks straight ahead; what a step is measured against. Every frame has to show a
    face, and that person's: a picture swapped in between or at the end fails.
    """
    times = [frame.taken for frame in frames]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    if not gaps or min(gaps) < SHORTEST_MS or sum(gaps) > LONGEST_MS:
        return Judged(passed=False, score=0.0, reason=Reason.BAD_TIMES)
    faces = [find_faces(frame.picture) for frame in frames]
    if not all(faces):
        return Judged(passed=False, score=0.0, reason=Reason.NO_FACE)
    likeness = [
        similarity(person, embed(frame.picture, found[0]))
        for frame, found in zip(frames, faces, strict=True)
    ]
    if min(likeness) < SAME_PERSON:
        return Judged(passed=False, score=0.0, reason=Reason.SOMEBODY_ELSE)
    seen = _steps_seen(challenge.steps, [pose_of(found[0]) for found in faces])
    score = round(seen / len(challenge.steps), 2)
    passed = seen == len(challenge.steps)
    return Judged(passed, score, reason=None if passed else Reason.STEP_NOT_SEEN)


def _steps_seen(steps: tuple[str, ...], poses: list[Pose]) -> int:
    """How many of the steps appear in the frames, one after the other."""
    straight, *later = poses
    remaining = iter(later)
    seen = 0
    for step in steps:
        if not any(_shows(step, straight, pose) for pose in remaining):
            break
        seen += 1
    return seen


def _shows(step: str, straight: Pose, pose: Pose) -> bool:
    return {
        "turn_left": pose.turn - straight.turn > TURNED,
        "turn_right": straight.turn - pose.turn > TURNED,
        "look_up": straight.lift - pose.lift > LIFTED,
        "come_closer": pose.eyes > CLOSER * straight.eyes,
    }[step]
