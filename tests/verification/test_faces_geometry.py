"""Where a face's points lie, what that says of the head, and how a face is laid upright."""

import math

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.faces.alignment import (
    PORTRAIT_TEMPLATE,
    TEMPLATE,
    aligned_face,
    brow_to_chin,
    upright_portrait,
)
from verification.faces.challenge import (
    CLOCKS_MS,
    LONGEST_MS,
    OTHERS,
    SHORTEST_MS,
    TURNS,
    Answers,
    Challenge,
    Frame,
    Reason,
    _shows,
    issue,
    judge,
)
from verification.faces.detection import Face
from verification.faces.engine import Embedding
from verification.faces.pose import Pose, pose_of

# The eyes, the nose a tenth of their distance to the right and half-way down, the mouth.
LOOKING = np.array([[0, 0], [100, 0], [60, 40], [30, 80], [70, 80]], np.float64)
STRAIGHT = Pose(turn=0.02, lift=0.5, tilt=0, eyes=100)
LEFT, RIGHT = Pose(0.19, 0.5, 0, 100), Pose(-0.15, 0.5, 0, 100)
UP, CLOSE = Pose(0.02, 0.43, 0, 100), Pose(0.02, 0.5, 0, 116)


def face(points: np.ndarray) -> Face:
    marks = np.zeros((68, 2))
    marks[36:42], marks[42:48] = points[0], points[1]
    marks[[30, 48, 54]] = points[2:]
    return Face((0, 0, 1, 1), 1.0, marks)


def turned(points: np.ndarray, degrees: float, scale: float, move: tuple[float, float]):
    angle = math.radians(degrees)
    turn = [[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]
    return scale * points @ np.array(turn).T + move


MOVES = st.tuples(st.floats(-500, 500), st.floats(-500, 500))


def test_a_pose_is_as_measured_by_hand():
    pose = pose_of(face(LOOKING))
    assert (pose.turn, pose.lift, pose.tilt, pose.eyes) == pytest.approx((0.1, 0.5, 0, 100))


@given(st.floats(-170, 170), st.floats(0.1, 20), MOVES)
def test_turn_and_lift_are_the_same_however_the_picture_is_held(degrees, scale, move):
    pose = pose_of(face(turned(LOOKING, degrees, scale, move)))
    expected = (0.1, 0.5, degrees, 100 * scale)
    assert (pose.turn, pose.lift, pose.tilt, pose.eyes) == pytest.approx(expected, abs=1e-6)


@given(st.floats(-40, 40))
def test_a_mirrored_head_is_turned_the_other_way(degrees):
    points = turned(LOOKING, degrees, 1, (0, 0))
    mirrored = (points * [-1, 1])[[1, 0, 2, 4, 3]]
    one, other = pose_of(face(points)), pose_of(face(mirrored))
    assert (other.turn, other.lift) == pytest.approx((-one.turn, one.lift))
    assert other.tilt == pytest.approx(-one.tilt, abs=1e-6)


@given(st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), min_size=5, max_size=5))
def test_five_points_anywhere_give_a_pose_of_numbers(points):
    pose = pose_of(face(np.array(points)))
    assert np.isfinite([pose.turn, pose.lift, pose.tilt, pose.eyes]).all()
    assert pose.eyes >= 1


def dotted(points: np.ndarray) -> np.ndarray:
    """A grey picture with a white disc at each point."""
    picture = np.full((700, 700, 3), 60, np.uint8)
    for x, y in points:
        cv2.circle(picture, (round(x), round(y)), 9, (255, 255, 255), -1)
    return picture


@pytest.mark.parametrize("degrees", [-90, -20, 0, 35, 180])
@pytest.mark.parametrize("scale", [2.0, 3.0])
def test_the_five_points_of_any_face_come_to_lie_on_the_template(degrees, scale):
    points = turned(TEMPLATE - 56, degrees, scale, (350, 350))
    picture = dotted(points)
    for upright, places in (
        (aligned_face(picture, points), TEMPLATE),
        (upright_portrait(picture, points), PORTRAIT_TEMPLATE),
    ):
        assert [int(upright[round(y), round(x)].min()) > 200 for x, y in places] == [True] * 5


def test_upright_faces_have_the_shapes_that_are_promised():
    points = TEMPLATE + 200
    picture = dotted(points)
    assert aligned_face(picture, points).shape == (112, 112, 3)
    assert brow_to_chin(picture, points).shape == (100, 72, 3)
    assert upright_portrait(picture, points).shape == (450, 360, 3)


def test_brow_to_chin_is_the_aligned_face_moved_by_twenty_and_thirty_pixels():
    points = turned(TEMPLATE - 56, 10, 2, (350, 350))
    picture = cv2.blur(dotted(points), (9, 9))
    face_of = aligned_face(picture, points).astype(int)
    assert np.abs(brow_to_chin(picture, points)[:82] - face_of[30:, 20:92]).max() <= 3


def test_around_a_face_at_the_edge_a_portrait_is_white():
    picture = np.full((112, 112, 3), 60, np.uint8)
    portrait = upright_portrait(picture, TEMPLATE)
    assert portrait[0, 0].tolist() == [255] * 3
    assert portrait[225, 180].tolist() == [60] * 3


def test_two_different_steps_are_asked_for_one_of_them_a_turn():
    asked = {issue().steps for _ in range(600)}
    assert all(len(steps) == len(set(steps)) == 2 and set(steps) & set(TURNS) for steps in asked)
    # Of the twelve ordered pairs of four steps the two without a turn are left out.
    assert len(asked) == 10
    assert {step for steps in asked for step in steps} == {*TURNS, *OTHERS}


@pytest.mark.parametrize(
    ("pose", "shown"),
    [
        (STRAIGHT, set()),
        (LEFT, {"turn_left"}),
        (RIGHT, {"turn_right"}),
        (UP, {"look_up"}),
        (CLOSE, {"come_closer"}),
        (Pose(0.19, 0.43, 0, 100), {"turn_left"}),  # lifted, too, as seen from the side
        (Pose(-0.15, 0.43, 0, 100), {"turn_right"}),
        (Pose(0.02, 0.43, 0, 116), {"come_closer"}),  # and as seen from nearer
        (Pose(0.19, 0.43, 0, 116), {"turn_left", "come_closer"}),
        (Pose(0.18, 0.43, 0, 114), {"look_up"}),
        (Pose(0.18, 0.5, 0, 100), set()),  # not far enough, as the next three
        (Pose(-0.14, 0.5, 0, 100), set()),
        (Pose(0.02, 0.44, 0, 100), set()),
        (Pose(0.02, 0.5, 0, 114), set()),
    ],
)
def test_a_step_is_told_from_looking_straight_ahead(pose, shown):
    assert {step for step in (*TURNS, *OTHERS) if _shows(step, STRAIGHT, pose)} == shown


BLACK = np.zeros((240, 320, 3), np.uint8)
PERSON = Embedding(np.eye(1, 512, dtype=np.float32)[0], "any")
LONG, SHORT = LONGEST_MS, SHORTEST_MS


@pytest.mark.parametrize(
    ("bursts", "settled", "reason"),
    [
        ([], [], Reason.BAD_TIMES),
        ([[0, 500]], [900], Reason.BAD_TIMES),  # a step without an answer
        ([[0, 500], []], [900, 900], Reason.BAD_TIMES),
        ([[0, 500], [900], [1300]], [900] * 3, Reason.BAD_TIMES),
        ([[0, 500], [900]], [900], Reason.BAD_TIMES),
        ([[0, SHORT - 1], [900]], [900] * 2, Reason.BAD_TIMES),
        ([[0], [SHORT - 1]], [900] * 2, Reason.BAD_TIMES),  # between bursts as within
        ([[0, 500], [500]], [900] * 2, Reason.BAD_TIMES),
        ([[500], [0]], [900] * 2, Reason.BAD_TIMES),
        ([[0], [LONG + 1]], [LONG] * 2, Reason.BAD_TIMES),
        ([[0, 501 + CLOCKS_MS], [9000]], [500, 900], Reason.BAD_TIMES),  # longer than it took
        ([[0], [SHORT, SHORT + 501 + CLOCKS_MS]], [900, 500], Reason.BAD_TIMES),
        ([[0, 500 + CLOCKS_MS], [9000]], [500, 900], Reason.NO_FACE),
        ([[0], [SHORT]], [0, 0], Reason.NO_FACE),
        ([[0], [LONG]], [0, 0], Reason.NO_FACE),
    ],
)
def test_frames_are_looked_at_only_when_their_times_can_be_true(bursts, settled, reason):
    answers = Answers([[Frame(BLACK, taken) for taken in burst] for burst in bursts], settled)
    judged = judge(Challenge(TURNS), answers, PERSON)
    assert (judged.passed, judged.score, judged.reason) == (False, 0.0, reason)
