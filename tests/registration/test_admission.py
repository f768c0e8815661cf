"""Whoever floods is told to wait; somebody from elsewhere is let in."""

import io
import uuid

import pytest
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from PIL import Image

from core.origin import coming_from
from core.outbox.models import Job
from core.outbox.services import enqueue
from registration.models import Enrollment
from registration.services.capture import READ_CARD, VERIFY, add_card_side
from registration.states import State
from tests.factories import EnrollmentFactory

pytestmark = pytest.mark.django_db
FLOOD, MINE = "203.0.113.7", "198.51.100.4"


@pytest.fixture(autouse=True)
def _as_shipped(settings):
    settings.JOBS_A_SECOND = 0.5


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (640, 480), (90, 120, 150)).save(file, "JPEG")
    file.seek(0)
    file.name = "card.jpg"
    return file


def started(address: str) -> tuple[Client, Enrollment]:
    """A browser from there that has accepted the terms."""
    client = Client(REMOTE_ADDR=address)
    client.post(reverse("registration:start"))
    enrollment = Enrollment.objects.get(pk=client.session["enrollment"])
    Enrollment.objects.filter(pk=enrollment.pk).update(state=State.CONSENTED)
    return client, enrollment


def send(client: Client, side: str = "front"):
    return client.post(reverse(f"registration:card_{side}"), {"picture": picture()})


def flood(count: int) -> None:
    with coming_from(FLOOD):
        for _ in range(count):
            enqueue(VERIFY, uuid.uuid4())


def test_a_flood_is_told_to_come_again_and_the_next_citizen_is_not():
    (bad, _), (good, _) = started(FLOOD), started(MINE)
    flood(40)
    refused, taken = send(bad), send(good)
    assert [refused.status_code, refused.headers["Retry-After"]] == [429, "21"]
    assert taken.status_code == 302


def test_the_app_is_told_the_same_as_a_problem():
    client = Client(REMOTE_ADDR=FLOOD)
    body = {"language": "th"}
    token = client.post(reverse("api:start"), body, content_type="application/json").json()["token"]
    Enrollment.objects.update(state=State.CONSENTED)
    flood(40)
    answer = upload(client, token)
    assert [answer.status_code, answer.headers["Retry-After"]] == [429, "21"]
    assert answer.json()["errors"][0]["code"] == "throttled"


def upload(client: Client, token: str):
    return client.put(
        reverse("api:card_front"),
        encode_multipart(BOUNDARY, {"picture": picture()}),
        content_type=MULTIPART_CONTENT,
        headers={"Authorization": f"Bearer {token}"},
    )


def test_thirty_photos_of_a_card_leave_one_reading_to_do(django_capture_on_commit_callbacks):
    case = EnrollmentFactory(state=State.CONSENTED)
    for _ in range(15):
        for side in ("front", "back"):
            add_card_side(case, side=side, picture=picture().getvalue())
    waiting = Job.objects.filter(kind=READ_CARD).values_list("state", flat=True).order_by("-pk")
    assert [*waiting] == ["ready"] + ["dropped"] * 28
    assert case.evidence.count() == 2


@pytest.mark.parametrize("scope", ["bytes", "bytes_of_network", "bytes_in_all"])
def test_bytes_are_counted_for_the_enrollment_its_network_and_all(settings, scope):
    client, _ = started(FLOOD)
    size = len(picture().getvalue())
    settings.RATE_LIMITS = settings.RATE_LIMITS | {scope: (2 * size, 3600)}
    assert [send(client).status_code for _ in range(3)] == [302, 302, 429]
    newcomer, _ = started(FLOOD)
    assert send(newcomer).status_code == (302 if scope == "bytes" else 429)
    other, _ = started(MINE)
    assert send(other).status_code == (429 if scope == "bytes_in_all" else 302)


def test_new_enrollments_do_not_buy_new_uploads(settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"upload_of_network": (2, 3600)}
    assert [send(started(FLOOD)[0]).status_code for _ in range(3)] == [302, 302, 429]
    assert send(started(MINE)[0]).status_code == 302


def test_only_so_many_stand_begun_of_a_network_and_in_all(settings):
    settings.BEGUN_AT_MOST_OF_NETWORK, settings.BEGUN_AT_MOST_IN_ALL = 2, 4
    begin = reverse("registration:start")
    answers = [Client(REMOTE_ADDR=FLOOD).post(begin) for _ in range(3)]
    assert [one.status_code for one in answers] == [302, 302, 429]
    assert answers[2].headers["Retry-After"] == "600"
    assert [Client(REMOTE_ADDR=MINE).post(begin).status_code for _ in range(2)] == [302, 302]
    assert Client(REMOTE_ADDR="192.0.2.1").post(begin).status_code == 429


def test_who_has_confirmed_the_data_takes_no_place_of_the_begun(settings):
    settings.BEGUN_AT_MOST_OF_NETWORK = 1
    begin = reverse("registration:start")
    Client(REMOTE_ADDR=FLOOD).post(begin)
    Enrollment.objects.update(state=State.DATA_CONFIRMED)
    assert Client(REMOTE_ADDR=FLOOD).post(begin).status_code == 302


def test_an_address_is_kept_as_nothing_that_says_it():
    _, case = started(FLOOD)
    assert (len(case.origin), FLOOD in case.origin) == (32, False)
