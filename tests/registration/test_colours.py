"""The colours of the screen after the head turns: drawn when told, once, and nobody has to."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from devstack.demo.client import StepFailed
from devstack.demo.specimens.coloured import coloured_frames
from registration.models import Challenge
from registration.services.evidence import load_film
from registration.views.sessions import SESSION_KEY, TOKEN, mark_of
from tests.verification.faces_pictures import PORTRAITS
from tests.walks import Walk, burst, face, run_jobs, selfie
from verification.faces.colours import COLOURS, SHOWN
from verification.images import encode

pytestmark = pytest.mark.django_db
ASK, SETTLE = "enrollment/challenge/", "enrollment/challenge/step/"
FIVE_SECONDS = timedelta(seconds=5)


@pytest.fixture(autouse=True)
def colours(settings):
    settings.SCREEN_COLOURS = "on"


class Shown(Walk):
    """Somebody whose app shows the colours; each method is a part of the way through them."""

    def begin(self, **asked: bool) -> dict:
        self.to_selfie()
        self.told = self._send("post", ASK, asked or {"colours": True}, keep=False)
        return self.told

    def settle(self, frames: list[bytes]) -> dict:
        digests = [hashlib.sha256(frame).hexdigest() for frame in frames]
        settled = {"challenge": self.told["id"], "digests": digests}
        self.told = self._send("post", SETTLE, settled, keep=False)
        return self.told

    def to_colours(self) -> "Shown":
        self.begin()
        self.frames: list[bytes] = []
        while self.told["step"] not in ("colours", None):
            taken = burst(self.which, self.told["step"])
            self.frames += taken
            self.settle(taken)
        return self

    def wait_for_them(self) -> None:
        Challenge.objects.update(told_at=F("told_at") - FIVE_SECONDS)

    def answer(self, frames: list[bytes]) -> "Shown":
        """Settle them, hand all in and let it be judged."""
        self.wait_for_them()
        self.settle(frames)
        turns = [150 * place for place in range(len(self.frames))]
        self.hand_in_selfie(
            selfie(self.which),
            challenge=self.told["id"],
            frames=[*self.frames, *frames],
            times=[*turns, *(turns[-1] + 700 * (place + 1) for place in range(len(frames)))],
        )
        run_jobs()
        self.refresh()
        return self

    @property
    def taken(self) -> tuple[str, str, list[str]]:
        """The capture's outcome, the light that was seen, the signs."""
        found = self.enrollment.findings.get(check_name="capture")
        return found.outcome, found.details.get("light", ""), found.details["signs"]


def lit(walk: Shown, names: list[str], share: float = 0.14) -> list[bytes]:
    path = PORTRAITS / f"{face(walk.which)}.jpg"
    return [encode(one) for one in coloured_frames(path, names, share=share, seed=5)]


def drawn_now() -> list[str]:
    return Challenge.objects.get(ended_at=None).colours


def test_they_come_after_the_turns_and_are_drawn_when_they_are_told():
    walk = Shown()
    walk.begin()
    assert (walk.told["screen"], drawn_now()) == ([], [])
    while walk.told["step"] != "colours":
        walk.settle(burst(0, walk.told["step"]))
    assert len(walk.told["screen"]) == SHOWN
    assert all(re.fullmatch("#[0-9a-f]{6}", one) for one in walk.told["screen"])
    assert set(drawn_now()) <= set(COLOURS)


@pytest.mark.parametrize(("mode", "asked"), [("off", True), ("on", False), ("shadow", False)])
def test_who_does_not_ask_and_a_portal_that_does_not_show_them_have_none(mode, asked, settings):
    settings.SCREEN_COLOURS = mode
    walk = Shown()
    told = [walk.begin(colours=asked)["step"]]
    while walk.told["step"]:
        told.append(walk.settle(burst(0, walk.told["step"]))["step"])
    assert (len(told), told[-1], "colours" in told) == (3, None, False)


def test_whoever_asks_again_without_them_is_asked_for_the_same_turns():
    walk = Shown()
    first = walk.begin()
    again = walk._send("post", ASK, {"colours": False}, keep=False)
    assert (again["id"], again["step"]) == (first["id"], first["step"])
    assert "colours" not in Challenge.objects.get(pk=first["id"]).steps
    assert walk.enrollment.challenge_draws == 1


def test_a_face_that_shows_them_passes_alone_and_an_officer_can_see_it():
    walk = Shown().to_colours()
    walk.answer(lit(walk, drawn_now()))
    assert walk.taken == ("passed", "followed", [])
    assert walk.state["step"] == "password"
    film = load_film(walk.enrollment)
    assert film is not None
    assert (len(film.colours), len(film.steps), sum(film.sizes)) == (SHOWN, 2, len(walk.frames))
    assert film.sheet() != b""


@pytest.mark.parametrize(
    ("mode", "expected", "step"),
    [
        ("on", ("doubtful", "other", ["other_light"]), "waiting"),
        ("shadow", ("passed", "other", []), "password"),
    ],
)
def test_a_film_of_other_colours_is_an_officers_where_that_decides(mode, expected, step, settings):
    settings.SCREEN_COLOURS = mode
    walk = Shown().to_colours()
    shown = drawn_now()
    names = list(COLOURS)
    others = [names[(names.index(one) + 2) % 4] for one in shown]
    walk.answer(lit(walk, others))
    assert (walk.taken, walk.state["step"]) == (expected, step)


def test_by_day_nothing_is_told_and_that_costs_nothing():
    walk = Shown().to_colours()
    walk.answer(lit(walk, drawn_now(), share=0.005))
    assert walk.taken == ("passed", "unclear", [])
    assert walk.state["step"] == "password"


def test_whoever_goes_on_without_is_judged_like_everybody():
    walk = Shown().to_colours()
    walk.answer([])
    assert walk.taken == ("passed", "", [])
    assert walk.state["step"] == "password"


@pytest.mark.parametrize("count", [1, SHOWN - 1, SHOWN + 1])
def test_one_frame_for_each_colour_or_none(count):
    walk = Shown().to_colours()
    walk.wait_for_them()
    with pytest.raises(StepFailed):
        walk.settle([b"frame %d" % place for place in range(count)])


def test_frames_that_are_there_before_the_colours_were_shown_are_refused():
    walk = Shown().to_colours()
    with pytest.raises(StepFailed):
        walk.settle([b"frame %d" % place for place in range(SHOWN)])


def test_frames_other_than_those_settled_are_refused():
    walk = Shown().to_colours()
    walk.wait_for_them()
    walk.settle([b"frame %d" % place for place in range(SHOWN)])
    with pytest.raises(StepFailed):
        walk.hand_in_selfie(
            selfie(0),
            challenge=walk.told["id"],
            frames=[*walk.frames, *lit(walk, drawn_now())],
        )
    with pytest.raises(StepFailed):  # nor the turns alone
        walk.hand_in_selfie(selfie(0), challenge=walk.told["id"], frames=walk.frames)


def test_the_page_offers_them_and_the_way_without(client, settings):
    walk = Shown().to_selfie()
    session = client.session
    session[SESSION_KEY] = str(walk.enrollment.pk)
    session[TOKEN] = mark_of(walk.enrollment)
    session.save()
    page = client.get(reverse("registration:selfie")).content.decode()
    assert "data-dopa-no-colours" in page
    told = client.post(reverse("registration:challenge"), {"colours": "yes"}).json()
    assert (told["of"], told["step"]["screen"]) == (3, [])
    settings.SCREEN_COLOURS = "off"
    assert "data-dopa-no-colours" not in client.get(reverse("registration:selfie")).content.decode()
    assert client.post(reverse("registration:challenge"), {"colours": "yes"}).json()["of"] == 2
