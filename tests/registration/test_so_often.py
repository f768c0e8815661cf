"""What may be done only so often is counted in rows: emptying Redis gives no more of it."""

import hashlib
import io
import json
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from devstack.demo.signed_in import sign_in
from registration.models import Challenge
from registration.services.challenges import issue_challenge, settle_step
from registration.services.returning import decide_return
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.identity.factories import DigitalIDFactory, public_part, valid_number
from tests.registration.proofs import KEY
from tests.registration.test_challenges import run_out
from tests.registration.test_guesses import browser_of

pytestmark = pytest.mark.django_db
MOST = 2
Act = Callable[[], bool]  # whether it was let


def picture(shade: int) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (240, 300), (shade, shade, shade)).save(file, "JPEG")
    return file.getvalue()


FRAMES = [picture(shade) for shade in range(0, 240, 40)]


def draws_of_turns() -> Act:
    browser = browser_of(EnrollmentFactory(state=State.DATA_CONFIRMED))

    def draw() -> bool:
        answer = browser.post(reverse("registration:challenge"))
        for one in Challenge.objects.all():
            run_out(one)
        return answer.status_code == 200

    return draw


def selfies_to_go_on_elsewhere() -> Act:
    """Each of somebody else, with turns that were followed."""
    one = EnrollmentFactory(state=State.VERIFIED)
    browser, key = browser_of(one), json.dumps(public_part(KEY))

    def hand_in() -> bool:
        turns = issue_challenge(one)
        for frames in (FRAMES[:3], FRAMES[3:]):
            digests = [hashlib.sha256(frame).hexdigest() for frame in frames]
            settle_step(one, challenge_id=turns.pk, digests=digests)
        sent = [ContentFile(each, "one.jpg") for each in (picture(250), *FRAMES)]
        times = json.dumps([150 * place for place in range(len(FRAMES))])
        said = {"selfie": sent[0], "frames": sent[1:], "frame_times": times}
        page = reverse("registration:return")
        answer = browser.post(page, said | {"challenge": turns.pk, "device_key": key})
        for check in one.return_checks.filter(outcome=""):
            decide_return(check, facts=[])
        return answer.status_code == 302

    return hand_in


def desk_of_an_agent() -> Client:
    return sign_in(Client(), OfficerFactory(call_centre=True))


def searches_of_an_agent() -> Act:
    desk, asked = desk_of_an_agent(), {"number": valid_number("377770000000")}
    return lambda: desk.post(reverse("help_line:search"), asked).status_code == 302


def suspensions_of_an_agent() -> Act:
    desk = desk_of_an_agent()

    def suspend() -> bool:
        digital_id = DigitalIDFactory()
        number = digital_id.holder.number
        found = desk.post(reverse("help_line:search"), {"number": number}).url
        said = {"reason": "device_lost", "made_sure": "answered", "last_four": number[-4:]}
        desk.post(f"{found}suspend/", said)
        digital_id.refresh_from_db()
        return digital_id.status == "suspended"

    return suspend


CEILINGS: tuple[tuple[str, Callable[[], Act]], ...] = (
    ("MAX_CHALLENGE_DRAWS", draws_of_turns),
    ("MAX_RETURN_SELFIES", selfies_to_go_on_elsewhere),
    ("HELP_SEARCHES_A_DAY", searches_of_an_agent),
    ("HELP_SUSPENSIONS_A_DAY", suspensions_of_an_agent),
)


@pytest.mark.parametrize(("setting", "prepare"), CEILINGS, ids=[name for name, _ in CEILINGS])
def test_a_wiped_redis_gives_no_more_of_them(setting, prepare, settings):
    setattr(settings, setting, MOST)
    act, told = prepare(), []
    for _ in range(MOST + 1):
        told.append(act())
        cache.clear()
    assert told == [True] * MOST + [False]
