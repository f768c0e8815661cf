"""The scores that decide, as one frozen value that travels with what is judged."""

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Thresholds:
    """Each is on its own check's scale; docs/verification.md says why it is what it is."""

    card_sharpness: float
    card_is_screen: float
    card_is_copy: float
    card_is_altered: float
    field_confidence: float
    face_quality: float
    face_match: float
    own_picture: float
    liveness: float
    solid: float
    solid_sure: float
    own_grain: float
    duplicate_face: float

    @classmethod
    def of(cls, values: Mapping[str, float]) -> "Thresholds":
        """From a setting; a name that is missing or unknown is a TypeError at once."""
        return cls(**values)

    def __getitem__(self, name: str) -> float:
        value: float = getattr(self, name)
        return value

    def changed(self, changes: Mapping[str, float]) -> "Thresholds":
        return replace(self, **changes)
