"""A head in a picture, in its own measure: distances between the eyes from the tip of its nose."""

from dataclasses import dataclass

import cv2
import numpy as np

from verification.faces.detection import Face
from verification.faces.pose import pose_of


@dataclass(frozen=True)
class Head:
    """H x W x 3 uint8 RGB; what is drawn by lot in a warp is drawn with this seed."""

    picture: np.ndarray
    face: Face
    seed: int = 0

    @property
    def eyes(self) -> float:
        return pose_of(self.face).eyes

    @property
    def axes(self) -> np.ndarray:
        """2 x 2: along the eyes and down the face, in pixels."""
        slope = np.radians(pose_of(self.face).tilt)
        along = np.array([np.cos(slope), np.sin(slope)])
        return self.eyes * np.array([along, [-along[1], along[0]]])

    @property
    def marks(self) -> np.ndarray:
        """68 x 2."""
        return (self.face.landmarks - self.face.points[2]) @ np.linalg.inv(self.axes)

    @property
    def corners(self) -> np.ndarray:
        """8 x 2: the picture's corners and the middles of its sides."""
        height, width = self.picture.shape[:2]
        x, y = np.meshgrid([0, width / 2, width], [0, height / 2, height])
        at = np.delete(np.column_stack([x.ravel(), y.ravel()]), 4, axis=0)
        return (at - self.face.points[2]) @ np.linalg.inv(self.axes)

    def grid(self) -> tuple[np.ndarray, np.ndarray]:
        """H x W each: how far along and how far down every pixel lies."""
        height, width = self.picture.shape[:2]
        rows, columns = np.mgrid[0:height, 0:width]
        at = np.dstack([columns, rows]) - self.face.points[2]
        u, v = np.moveaxis(at @ np.linalg.inv(self.axes), 2, 0)
        return u, v

    def sampled(
        self, u: np.ndarray, v: np.ndarray, picture: np.ndarray | None = None
    ) -> np.ndarray:
        """The picture (or another of the head's size) with each pixel from where `u`, `v` say."""
        source = np.dstack([u, v]) @ self.axes + self.face.points[2]
        x, y = np.moveaxis(source.astype(np.float32), 2, 0)
        of = self.picture if picture is None else picture
        return cv2.remap(of, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
