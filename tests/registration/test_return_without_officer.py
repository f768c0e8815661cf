"""Going on from another device: nobody looks at it, so nothing on the way promises an officer."""

import json
import re

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from registration.states import State
from tests.factories import EnrollmentFactory
from tests.identity.factories import public_part
from tests.registration.proofs import KEY
from tests.registration.test_guesses import browser_of
from tests.registration.test_so_often import picture

pytestmark = pytest.mark.django_db
PAGE = reverse("registration:return")
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def browser():
    """Of somebody who was verified, on a device that was not there."""
    return browser_of(EnrollmentFactory(state=State.VERIFIED))


def test_the_page_offers_no_photo_in_the_cameras_place(browser):
    page = browser.get(PAGE, headers=ENGLISH).text
    (button,) = re.findall(r"<button[^>]*data-dopa-choose-file[^>]*>", page)
    assert [" hidden" in button, "an officer has to look" in page] == [True, False]


def test_a_selfie_without_turns_is_told_what_is_missing(browser):
    said = {
        "selfie": ContentFile(picture(9), "one.jpg"),
        "device_key": json.dumps(public_part(KEY)),
    }
    told = browser.post(PAGE, said, headers=ENGLISH).text
    assert "This needs a camera and the movements of your head." in told


def test_whoever_asked_for_turns_too_often_is_shown_a_way_that_there_is(browser, settings):
    settings.MAX_CHALLENGE_DRAWS = 0
    refused = browser.post(reverse("registration:challenge"), headers=ENGLISH)
    assert refused.status_code == 409
    assert "Please register anew or visit an office." in refused.text
