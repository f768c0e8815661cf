"""Lays a card straight by what is printed on every card: its labels."""

from verification.cards.registration.register import Registered, register

__all__ = ["Registered", "register"]
