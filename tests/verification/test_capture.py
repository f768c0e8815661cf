"""What is believed of how pictures came, which is little."""

import uuid

import pytest

from verification.capture import Assurance, Capture, Sign, is_drawn, of_browser

KEY = bytes(32)
KNOWN = frozenset({"sample camera"})


@pytest.mark.parametrize(
    ("from_camera", "label", "expected"),
    [
        (True, "Front Camera", Capture(Assurance.LIVE)),
        (True, "", Capture(Assurance.LIVE)),
        (False, "Front Camera", Capture(signs=(Sign.FILE,))),
        (False, "OBS Virtual Camera", Capture(signs=(Sign.FILE,))),
        (True, "OBS Virtual Camera", Capture(signs=(Sign.VIRTUAL_CAMERA,))),
        (True, "ManyCam Virtual Webcam", Capture(signs=(Sign.VIRTUAL_CAMERA,))),
        (True, "fake_device_0", Capture(signs=(Sign.VIRTUAL_CAMERA,))),
        (True, "Sample camera", Capture(Assurance.LIVE, (Sign.VIRTUAL_CAMERA,))),
    ],
)
def test_what_a_browser_says_counts_against_it_only(from_camera, label, expected):
    assert of_browser(from_camera=from_camera, label=label, known=KNOWN) == expected


def test_of_a_share_as_many_are_drawn_and_always_the_same():
    subjects = [uuid.UUID(int=number) for number in range(4000)]
    drawn = [is_drawn(one, 1, share=0.05, key=KEY) for one in subjects]
    assert 150 < sum(drawn) < 250
    assert drawn == [is_drawn(one, 1, share=0.05, key=KEY) for one in subjects]
    assert drawn != [is_drawn(one, 1, share=0.05, key=bytes([1] * 32)) for one in subjects]
    assert drawn != [is_drawn(one, 2, share=0.05, key=KEY) for one in subjects]


@pytest.mark.parametrize(("share", "expected"), [(0.0, {False}), (1.0, {True})])
def test_none_or_all_are_drawn(share, expected):
    subjects = [uuid.UUID(int=number) for number in range(200)]
    assert {is_drawn(one, 1, share=share, key=KEY) for one in subjects} == expected
