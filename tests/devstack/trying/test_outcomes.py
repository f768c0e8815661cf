"""Everybody of /try/ ends as their story says, with their own pictures and the real engines."""

from dataclasses import replace
from functools import partial

import pytest

from devstack.demo.client import CitizenApp
from devstack.demo.register import enter_in_register
from devstack.trying.people import OF_THE_CAST, SamplePerson, cast, sample_people
from devstack.trying.pictures import film_of, taken_now
from registration.models import Enrollment
from tests.factories import OfficeFactory
from tests.walks import run_jobs

pytestmark = pytest.mark.django_db
REGISTERS = [slug for slug, one in sample_people().items() if one.story.ends]
SELFIES = {"selfie", "password", "consent"}
REFUSED = {"blurred": "blurred", "expired": "expired"}
SEED = 20  # holds the camera otherwise than the same people's sample data do


class App(CitizenApp):
    def wait(self) -> dict:
        run_jobs()
        return self.refresh()


def go(sample: SamplePerson) -> App:
    """As far as the machine's answer to the selfie, or to the card where that is refused."""
    app, taken = App(), taken_now(sample, seed=SEED)
    renewal = sample.story.begins == "registration:renew"
    former = {"number": sample.person.number, "password": sample.password} if renewal else None
    app.start(renewal=renewal, former=former)
    app.photograph_card(taken["front"], taken["back"])
    if app.wait()["step"] != "confirm":
        return app
    app.confirm(sample.person)
    hand_in_selfie(app, taken)
    if app.state["step"] == "retake":  # a turn did not show, or the lamp stood badly
        hand_in_selfie(app, taken_now(sample))
    return app


def hand_in_selfie(app: App, taken: dict[str, bytes]) -> None:
    challenge, frames = app.turn_head(partial(film_of, taken))
    app.hand_in_selfie(taken["selfie"], challenge=challenge, frames=frames)
    app.wait()


def registered_before(slug: str) -> None:
    """What the sample data hold of the same number or face."""
    other = replace(cast()[OF_THE_CAST[slug]], app=App())
    enter_in_register([other.person])
    list(other._way(None, differs=""))


@pytest.mark.parametrize("slug", REGISTERS)
def test_a_story_ends_as_told(slug):
    OfficeFactory()
    OfficeFactory(code="5001")
    sample = sample_people()[slug]
    if slug in OF_THE_CAST:
        registered_before(slug)
    enter_in_register([sample.known_as] if sample.known_as else [])
    app = go(sample)
    assert Enrollment.objects.get(reference=app.state["reference"]).state in sample.story.ends


@pytest.mark.parametrize("slug", REFUSED)
def test_a_card_is_refused_for_what_the_story_says(slug):
    app = go(sample_people()[slug])
    assert (app.state["step"], app.state["problem"]) == ("card_front", REFUSED[slug])


def test_a_dozen_may_be_chosen_and_none_looks_like_somebody_of_the_sample_data():
    samples = sample_people()
    verified = {one.face for one in cast() if one.scenario.until in SELFIES}
    faces = {one.shown for slug, one in samples.items() if slug not in OF_THE_CAST}
    assert len(samples) == 12
    assert len({one.person.number for one in samples.values()}) == len(samples)
    assert faces & verified == {
        "066m",
        "070f",
    }  # whose cards are refused: their faces are never taken
