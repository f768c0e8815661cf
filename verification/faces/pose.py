"""How a head is held, read off where nose and mouth lie between the eyes. No angle, but steady."""

from dataclasses import dataclass

import numpy as np

from verification.faces.detection import Face


@dataclass(frozen=True)
class Pose:
    """`turn`: how far the nose tip lies off the middle of the eyes, in eye distances; above 0 it is
    to the right in the picture, which is the person's own left. About 0.2 at 20 degrees.
    `lift`: where the nose tip lies between eyes (0) and mouth (1); smaller when looking up.
    `tilt`: the eyes' slope in degrees. `eyes`: the distance between the eyes in pixels.
    """

    turn: float
    lift: float
    tilt: float
    eyes: float


def pose_of(face: Face) -> Pose:
    left, right, nose, *mouth = face.points
    across = right - left
    eyes = max(1.0, float(np.hypot(*across)))
    along = across / eyes
    down = np.array([-along[1], along[0]])
    middle = (left + right) / 2
    to_mouth = max(1.0, float((np.mean(mouth, axis=0) - middle) @ down))
    return Pose(
        turn=float((nose - middle) @ along) / eyes,
        lift=float((nose - middle) @ down) / to_mouth,
        tilt=float(np.degrees(np.arctan2(along[1], along[0]))),
        eyes=eyes,
    )
