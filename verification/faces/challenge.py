"""Head turns asked for at random, one after the other, and whether they were made.

`turn_left` and `turn_right` are the person's own. In a picture that is not mirrored the nose then
moves to the picture's right, respectively left.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, pairwise

from verification.faces.engine import Embedding, Face, embed, find_faces, similarity
from verification.faces.pose import Pose, pose_of
from verification.faces.solid import LEAST_TURN, weigh
from verification.images.arrays import Picture

TURNS = ("turn_left", "turn_right")
OTHERS = ("look_up", "come_closer")
TURNED = LEAST_TURN  # of the eyes' distance, against looking straight ahead: about 16 degrees
LIFTED = 0.06  # of the way from the eyes to the mouth
CLOSER = 1.15  # times as far between the eyes
SAME_PERSON = 0.35  # below the threshold for portraits: a turned head is less alike
SHORTEST_MS, LONGEST_MS = 60, 180_000  # between two frames; from the first to the last
CLOCKS_MS = 2_000  # by which the times of a client may differ from those of the portal


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


Burst = list[Frame]


@dataclass(frozen=True)
class Answers:
    """What came back: a burst of frames for each step, and by the portal's own clock how many
    milliseconds after a step was told its burst was settled.
    """

    bursts: Sequence[Burst]
    settled: Sequence[int]


@dataclass(frozen=True)
class Judged:
    """`score` is the share of the steps that were seen, 0 to 1; `solid` what speaks for a head that
    turned and not a picture, `grain` for frames that a camera took one by one
    (verification.faces.solid); None where no turn was seen.
    """

    passed: bool
    score: float
    reason: Reason | None = None
    solid: float | None = None
    grain: float | None = None


def issue() -> Challenge:
    """Two steps in random order, at least one of them a turn."""
    draw = secrets.SystemRandom()
    steps = [draw.choice(TURNS), draw.choice((*TURNS, *OTHERS))]
    if steps[0] == steps[1]:
        steps[1] = draw.choice(OTHERS)
    draw.shuffle(steps)
    return Challenge(tuple(steps))


def judge(challenge: Challenge, answers: Answers, person: Embedding) -> Judged:
    """Whether each burst shows its step, made by `person`, the face of the selfie.

    The very first frame looks straight ahead; what a step is measured against. Every frame has to
    show a face, and that person's: a picture swapped in between or at the end fails.
    """
    if not _times_fit(challenge, answers):
        return Judged(passed=False, score=0.0, reason=Reason.BAD_TIMES)
    bursts = [_with_faces(burst) for burst in answers.bursts]
    faces = list(chain.from_iterable(bursts))
    if len(faces) < sum(map(len, answers.bursts)):
        return Judged(passed=False, score=0.0, reason=Reason.NO_FACE)
    if min(similarity(person, embed(picture, face)) for picture, face in faces) < SAME_PERSON:
        return Judged(passed=False, score=0.0, reason=Reason.SOMEBODY_ELSE)
    straight = pose_of(faces[0][1])
    shown = [
        any(_shows(step, straight, pose_of(face)) for _picture, face in burst)
        for step, burst in zip(challenge.steps, bursts, strict=True)
    ]
    score = round(sum(shown) / len(shown), 2)
    reason = None if all(shown) else Reason.STEP_NOT_SEEN
    turned = weigh(faces)
    return Judged(all(shown), score, reason, turned.score, turned.grain)


def _times_fit(challenge: Challenge, answers: Answers) -> bool:
    """A burst for each step, one after the other, and none longer than the portal waited for it."""
    bursts = answers.bursts
    if len({len(challenge.steps), len(bursts), len(answers.settled)}) > 1 or not all(bursts):
        return False
    times = [frame.taken for burst in bursts for frame in burst]
    gaps = [later - earlier for earlier, later in pairwise(times)]
    if not gaps or min(gaps) < SHORTEST_MS or sum(gaps) > LONGEST_MS:
        return False
    return all(
        burst[-1].taken - burst[0].taken <= settled + CLOCKS_MS
        for burst, settled in zip(bursts, answers.settled, strict=True)
    )


def _with_faces(burst: Burst) -> list[tuple[Picture, Face]]:
    """Each picture that shows a face, with the largest."""
    found = [(frame.picture, find_faces(frame.picture)) for frame in burst]
    return [(picture, faces[0]) for picture, faces in found if faces]


def _shows(step: str, straight: Pose, pose: Pose) -> bool:
    """Seen from the side or from nearer a face seems lifted as well: that is the other movement."""
    left, closer = pose.turn - straight.turn, pose.eyes / straight.eyes
    lifted = straight.lift - pose.lift > LIFTED
    return {
        "turn_left": left > TURNED,
        "turn_right": -left > TURNED,
        "look_up": lifted and abs(left) <= TURNED and closer <= CLOSER,
        "come_closer": closer > CLOSER,
    }[step]
