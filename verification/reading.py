"""What was read off a card's two photos, as it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.typing import Json
from verification.cards.fields import NOTHING, Field


@dataclass(frozen=True)
class Reading:
    """`fields` by name, each a value and a confidence of 0 to 1; `scores` of the photo, 0 to 1:
    `sharpness`, what speaks for a `screen`, a `copy` or an `altered` card, and each sign of it
    (verification.signs); `contradictions` are codes of what the card says that cannot be
    (verification.cards.contradictions).
    """

    fields: Mapping[str, Field] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)
    contradictions: tuple[str, ...] = ()

    def of(self, name: str) -> Field:
        """A field; one that was not read is empty and not believed."""
        return self.fields.get(name, NOTHING)

    def surely(self, name: str, *, sure: float) -> str:
        """A value that was read with at least this confidence, or nothing."""
        found = self.of(name)
        return found.value if found.confidence >= sure else ""

    @classmethod
    def from_json(cls, values: Json) -> "Reading":
        read = {
            name: Field(one["value"], one["confidence"])
            for name, one in values.get("fields", {}).items()
        }
        return cls(read, values.get("scores", {}), tuple(values.get("contradictions", ())))

    def as_json(self) -> Json:
        return {
            "fields": {
                name: {"value": one.value, "confidence": round(one.confidence, 3)}
                for name, one in self.fields.items()
            },
            "scores": {name: round(score, 3) for name, score in self.scores.items()},
            "contradictions": list(self.contradictions),
        }
