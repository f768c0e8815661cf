"""Whoever floods is refused, and another citizen's card is read meanwhile. How soon, `make bench`
measures.
"""

import pytest

from devstack.storm.campaign import people
from devstack.storm.flood import SEED, TAKEN, Flood, app_at, seconds_to_read
from tests.portal import Portal

REFUSED_WITHIN = 60.0  # each of the two may send 60 pictures of its enrollment an hour


@pytest.mark.browser
def test_a_flood_is_refused_and_somebody_elses_card_is_read(portal: Portal):
    bad, good = people(SEED)[:2]
    citizen = app_at("127.0.2.1", portal.url, comes_again=20)
    with Flood(portal.url, next(bad.cards()), clients=2, enrollments=1) as flood:
        assert flood.refused.wait(REFUSED_WITHIN)
        seconds_to_read(citizen, next(good.cards()))
    assert citizen.state["reading"]["number"]["value"] == good.person.number
    assert flood.answers[429] > 0
    assert set(flood.answers) <= {TAKEN, 429, 503}
