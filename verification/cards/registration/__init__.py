"""Lays a card straight by what is printed on every card: its labels.

Not asked by verification.cards.reading yet: docs/reader.md says how far it has come.
"""

from verification.cards.registration.lines import ValueLine, value_lines
from verification.cards.registration.register import Registered, corners_of, register

__all__ = ["Registered", "ValueLine", "corners_of", "register", "value_lines"]
