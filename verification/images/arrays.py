"""Arrays by what they hold. Their shapes stand in the docstrings: NumPy has no types for them."""

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Picture: TypeAlias = npt.NDArray[np.uint8]  # H x W x 3 RGB
Grey: TypeAlias = npt.NDArray[np.uint8]  # H x W, also ink on white
Code: TypeAlias = npt.NDArray[np.uint8]  # bits, eight in each
Mask: TypeAlias = npt.NDArray[np.bool_]
Floats: TypeAlias = npt.NDArray[np.floating[Any]]  # points, boxes, vectors, scores
Raster: TypeAlias = npt.NDArray[np.integer[Any] | np.floating[Any]]  # of OpenCV, which says no more
