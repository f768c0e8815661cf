"""What is believed of how pictures came, which is little."""

import uuid

import pytest

from verification.capture import Assurance, Capture, Sign, is_drawn, of_browser

KEY = bytes(32)
RULES = {"known": frozenset({"sample camera"}), "shadowed": frozenset()}
LOOKED_AT = [0, 121, 249, 1402, 1530, 1655, 2811, 2944, 3066]  # milliseconds, by a page


@pytest.mark.parametrize(
    ("from_camera", "label", "expected"),
    [
        (True, "Front Camera", Capture(Assurance.LIVE)),
        (True, "", Capture(signs=(Sign.NAMELESS_CAMERA,))),
        (True, " ", Capture(signs=(Sign.NAMELESS_CAMERA,))),
        (False, "Front Camera", Capture(signs=(Sign.FILE,))),
        (False, "OBS Virtual Camera", Capture(signs=(Sign.FILE,))),
        (True, "OBS Virtual Camera", Capture(signs=(Sign.VIRTUAL_CAMERA,))),
        (True, "ManyCam Virtual Webcam", Capture(signs=(Sign.VIRTUAL_CAMERA,))),
        (True, "fake_device_0", Capture(signs=(Sign.VIRTUAL_CAMERA,))),
        (True, "Sample camera", Capture(Assurance.LIVE, (Sign.VIRTUAL_CAMERA,))),
    ],
)
def test_what_a_browser_says_counts_against_it_only(from_camera, label, expected):
    told = of_browser(from_camera=from_camera, label=label, times=LOOKED_AT, **RULES)
    assert told == expected


@pytest.mark.parametrize(
    ("times", "counted"),
    [
        (LOOKED_AT, False),
        ([150 * place for place in range(9)], True),
        ([100 * place for place in (0, 1, 2, 7, 8, 9)], False),  # a browser that rounds its clock
        ([0, 130, 260], False),  # too few to say so
        ([], False),
    ],
)
def test_times_that_a_program_counted_are_no_cameras(times, counted):
    told = of_browser(from_camera=True, label="Front Camera", times=times, **RULES)
    assert (Sign.EVEN_TIMES in told.signs) == counted
    assert (told.assurance == Assurance.LIVE) != counted


def test_a_camera_that_is_known_is_excused_for_being_virtual_and_for_nothing_else():
    even = [150 * place for place in range(9)]
    told = of_browser(from_camera=True, label="Sample camera", times=even, **RULES)
    assert told == Capture(signs=(Sign.VIRTUAL_CAMERA, Sign.EVEN_TIMES))


def test_what_is_on_trial_is_noted_and_excused():
    even, trial = [150 * place for place in range(9)], frozenset({Sign.EVEN_TIMES})
    rules = RULES | {"shadowed": trial}
    told = of_browser(from_camera=True, label="Front Camera", times=even, **rules)
    assert told == Capture(Assurance.LIVE, (Sign.EVEN_TIMES,))
    nameless = of_browser(from_camera=True, label="", times=even, **rules)
    assert nameless.assurance == Assurance.UNATTESTED


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
