"""Pictures sent sooner than was told are refused without a look at them."""

import time
import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from core.come_again import tell_to_come_again
from core.lanes import HEAVY_BODY
from core.origin import coming_from
from core.rate_limit import Crowded
from registration.services.admission import admit_pictures

pytestmark = pytest.mark.django_db
KIND = "multipart/form-data; boundary=none"
FLOOD, ELSEWHERE = "203.0.113.7", "198.51.100.4"
BROKEN = b"x" * (HEAVY_BODY + 1)  # whoever reads it answers 400


def put(address: str, body: bytes = BROKEN, page: str = "api:card_front"):
    return Client(REMOTE_ADDR=address).put(reverse(page), body, content_type=KIND)


def told(wait: int) -> None:
    with coming_from(FLOOD), pytest.raises(Crowded):
        raise tell_to_come_again(wait)


def test_who_was_told_to_wait_is_told_again_before_anything_is_asked():
    assert put(FLOOD).status_code == 401
    told(20)
    again = put(FLOOD)
    assert again.status_code == 429
    assert int(again.headers["Retry-After"]) == pytest.approx(20, abs=1)
    assert again.json()["errors"][0]["code"] == "throttled"


def test_a_page_says_it_in_words():
    told(20)
    answer = Client(REMOTE_ADDR=FLOOD, headers={"Accept": "text/html"}).post(
        reverse("registration:card_front"),
        BROKEN,
        content_type="multipart/form-data; boundary=none",
    )
    assert answer.status_code == 429
    assert "crowded.html" in [template.name for template in answer.templates]


@pytest.mark.parametrize("body", [b"", b"x" * 100])
def test_what_is_small_is_answered(body):
    told(20)
    assert put(FLOOD, body).status_code == 401


def test_another_network_and_an_officer_of_this_one_are_let_in():
    told(20)
    assert put(ELSEWHERE).status_code == 401
    officer = Client(REMOTE_ADDR=FLOOD).post(
        "/staff/", BROKEN, content_type="application/octet-stream"
    )
    assert officer.status_code != 429


def test_it_holds_no_longer_than_the_wait_and_is_forgotten_with_redis():
    told(1)
    time.sleep(1.1)
    assert put(FLOOD).status_code == 401
    told(20)
    cache.clear()
    assert put(FLOOD).status_code == 401


def test_a_queue_that_is_too_long_says_so_once(settings):
    settings.QUEUE_AT_MOST = timedelta(seconds=-1)
    with coming_from(FLOOD), pytest.raises(Crowded):
        admit_pictures(uuid.uuid4(), size=1)
    settings.QUEUE_AT_MOST = timedelta(days=1)
    assert put(FLOOD).status_code == 429
