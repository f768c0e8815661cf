"""The life of an enrollment, whole, on this page. Buttons, API, pages and tests read MOVES."""

from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    STARTED = "started", _("Started")
    CONSENTED = "consented", _("Terms accepted")
    CARD_CAPTURED = "card_captured", _("Card photographed")
    DATA_CONFIRMED = "data_confirmed", _("Data confirmed")
    CHECKING = "checking", _("Being checked")
    RETAKE = "retake", _("New photo needed")
    WAITING_REVIEW = "waiting_review", _("Waiting for an officer")
    IN_REVIEW = "in_review", _("With an officer")
    SECOND_REVIEW = "second_review", _("Waiting for a second officer")
    VERIFIED = "verified", _("Verified")
    PASSWORD_SET = "password_set", _("Password set")
    ACTIVATED = "activated", _("Activated")
    REJECTED = "rejected", _("Rejected")
    EXPIRED = "expired", _("Expired")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Move(NamedTuple):
    sources: frozenset[State]
    target: State


def _move(*sources: State, to: State) -> Move:
    return Move(frozenset(sources), to)


CLOSED = frozenset({State.ACTIVATED, State.REJECTED, State.EXPIRED, State.WITHDRAWN})
OPEN = frozenset(State) - CLOSED
WAITING = frozenset({State.WAITING_REVIEW, State.SECOND_REVIEW})
WITH_OFFICERS = WAITING | {State.IN_REVIEW}
BEGIN_WAITING = frozenset({"send_to_review", "send_back_to_review", "reopen", "appeal"})
GAVE_UP = CLOSED - {State.ACTIVATED}
FINISHING = frozenset({State.VERIFIED, State.PASSWORD_SET})  # for the verified person alone

MOVES: dict[str, Move] = {
    # the citizen
    "accept_terms": _move(State.STARTED, to=State.CONSENTED),
    "capture_card": _move(State.CONSENTED, State.CARD_CAPTURED, to=State.CARD_CAPTURED),
    "ask_for_card": _move(State.CARD_CAPTURED, to=State.CARD_CAPTURED),
    "confirm_data": _move(State.CARD_CAPTURED, to=State.DATA_CONFIRMED),
    "submit_selfie": _move(State.DATA_CONFIRMED, State.RETAKE, to=State.CHECKING),
    "recapture_card": _move(
        State.RETAKE, State.DATA_CONFIRMED, State.CARD_CAPTURED, State.CONSENTED, to=State.CONSENTED
    ),
    "set_password": _move(State.VERIFIED, State.PASSWORD_SET, to=State.PASSWORD_SET),
    "activate": _move(State.PASSWORD_SET, to=State.ACTIVATED),
    "withdraw": Move(OPEN, State.WITHDRAWN),
    "appeal": _move(State.REJECTED, to=State.WAITING_REVIEW),
    # the machine
    "pass_checks": _move(State.CHECKING, to=State.VERIFIED),
    "ask_retake": _move(State.CHECKING, State.IN_REVIEW, to=State.RETAKE),
    "send_to_review": _move(State.CHECKING, to=State.WAITING_REVIEW),
    "refer": _move(State.CHECKING, to=State.REJECTED),
    "send_back_to_review": _move(State.VERIFIED, State.PASSWORD_SET, to=State.WAITING_REVIEW),
    "expire": Move(OPEN, State.EXPIRED),
    # the officer
    "take": _move(State.WAITING_REVIEW, to=State.IN_REVIEW),
    "release": _move(State.IN_REVIEW, to=State.WAITING_REVIEW),
    "approve": _move(State.IN_REVIEW, to=State.VERIFIED),
    "reject": _move(State.IN_REVIEW, to=State.REJECTED),
    "pass_to_second": _move(State.IN_REVIEW, to=State.SECOND_REVIEW),
    "take_second": _move(State.SECOND_REVIEW, to=State.IN_REVIEW),
    "take_back": _move(
        State.VERIFIED, State.REJECTED, State.RETAKE, State.SECOND_REVIEW, to=State.IN_REVIEW
    ),
    # the supervisor
    "reassign": _move(
        State.WAITING_REVIEW, State.SECOND_REVIEW, State.IN_REVIEW, to=State.IN_REVIEW
    ),
    "reopen": _move(State.REJECTED, to=State.WAITING_REVIEW),
    "reissue": _move(State.ACTIVATED, to=State.VERIFIED),
}
