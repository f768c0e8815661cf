"""Who vouches for the pictures decides who may look at them: the machine alone, or an officer."""

import json
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from devstack.demo.client import looked_at
from registration.services.capturing import request_hash
from registration.views.sessions import SESSION_KEY, TOKEN, mark_of
from tests.walks import Walk, burst, run_jobs, selfie

pytestmark = pytest.mark.django_db
CHECK = "capture"
KEY = {
    "kty": "EC",
    "crv": "P-256",
    "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
}


def found(walk: Walk) -> tuple[str, str, list[str]]:
    """The machine's answer, the finding's outcome and signs."""
    run_jobs()
    finding = walk.enrollment.findings.get(check_name=CHECK)
    return walk.refresh()["step"], finding.outcome, finding.details["signs"]


def by_api(**options: object) -> Walk:
    walk = Walk().to_selfie()
    challenge, frames = walk.turn_head(partial(burst, 0))
    walk.hand_in_selfie(selfie(0), challenge=challenge, frames=frames, **options)
    return walk


def test_an_app_that_play_vouches_for_passes_alone():
    assert found(by_api()) == ("password", "passed", [])


def test_whoever_uses_the_api_without_an_app_waits_for_an_officer_however_good_it_is():
    assert found(by_api(attested=False)) == ("waiting", "missing", [])


@pytest.mark.parametrize("other", ["challenge", "key", "selfie", "frames"])
def test_a_token_over_something_else_is_no_word_for_these_pictures(other, monkeypatch):
    """Of one's own phone, one's own face, an earlier try: what a thief of the app has."""

    def made_for(challenge_id, key, picture, frames):
        parts = {"challenge": challenge_id, "key": key, "selfie": picture, "frames": frames}
        others = {"challenge": "0", "key": KEY, "selfie": b"x", "frames": frames[1:]}
        parts |= {other: others[other]}
        return request_hash(*parts.values())

    monkeypatch.setattr("devstack.demo.client.request_hash", made_for)
    assert found(by_api()) == ("waiting", "missing", ["unknown_app"])


def test_where_no_app_is_trusted_no_token_is(settings):
    settings.PLAY_APPS = []
    assert found(by_api()) == ("waiting", "missing", ["unknown_app"])


@pytest.fixture
def by_browser(client):
    """Head turns and selfie on the pages, before a camera of that name."""

    def go(label: str) -> Walk:
        walk = Walk().to_selfie()
        session = client.session
        session[SESSION_KEY] = str(walk.enrollment.pk)
        session[TOKEN] = mark_of(walk.enrollment)
        session.save()
        challenge, frames = walk.turn_head(partial(burst, 0))
        sent = {"selfie": _file(selfie(0)), "frames": list(map(_file, frames))}
        sent |= {
            "frame_times": json.dumps(looked_at(len(frames))),
            "challenge": challenge,
            "camera": label,
        }
        sent["device_key"] = json.dumps(walk.key.as_dict(private=False))
        client.post(reverse("registration:selfie"), sent)
        return walk

    return go


def test_a_camera_of_a_browser_passes_alone_where_chance_does_not_draw_it(by_browser, settings):
    settings.BROWSER_LOOK_SHARE = 0.0
    assert found(by_browser("Front Camera")) == ("password", "passed", [])


def test_what_chance_draws_waits_for_an_officer(by_browser, settings):
    settings.BROWSER_LOOK_SHARE = 1.0
    assert found(by_browser("Front Camera")) == ("waiting", "doubtful", [])


@pytest.mark.parametrize(
    ("camera", "sign"), [("OBS Virtual Camera", "virtual_camera"), ("", "nameless_camera")]
)
def test_a_program_in_the_cameras_place_waits_for_an_officer(by_browser, settings, camera, sign):
    settings.BROWSER_LOOK_SHARE = 0.0
    assert found(by_browser(camera)) == ("waiting", "missing", [sign])


def test_a_sign_on_trial_is_noted_and_decides_nothing(by_browser, settings):
    settings.BROWSER_LOOK_SHARE = 0.0
    settings.SHADOWED_SIGNS |= {"nameless_camera"}
    walk = by_browser("")
    assert found(walk) == ("password", "passed", [])
    details = walk.enrollment.findings.get(check_name=CHECK).details
    assert "nameless_camera" in details["on_trial"]


def _file(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("picture.jpg", content, content_type="image/jpeg")
