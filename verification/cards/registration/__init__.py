"""Lays a card straight by what is printed on every card: its labels."""

from verification.cards.registration.lines import value_lines
from verification.cards.registration.register import Registered, corners_of, register

__all__ = ["Registered", "corners_of", "register", "value_lines"]
