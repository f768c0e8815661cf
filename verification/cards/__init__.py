"""Reading the Thai national ID card from photos of its two sides."""

from verification.cards.fields import Field
from verification.cards.reading import CardSide, read_back, read_front

__all__ = ["CardSide", "Field", "read_back", "read_front"]
