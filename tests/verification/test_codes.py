"""Codes of faces and pictures: what their bits say, worked out by hand or true of all of them."""

import hashlib
import math
import struct
import uuid

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.keyring import ring
from verification.faces.binary_codes import BITS, BLOCK, Codes, pack, reach, rotation, spread
from verification.images import encode
from verification.prints import apart, bands, print_of

CODES = st.binary(min_size=64, max_size=64)
COSINES = st.floats(-0.99, 0.99)
EVEN = np.full(BITS, 1 / math.sqrt(BITS))  # all components alike, its length 1


def copied(*rows: tuple[uuid.UUID, uuid.UUID, bytes]) -> bytes:
    """What PostgreSQL's documentation says that a binary COPY of the rows is."""
    parts = [b"PGCOPY\n\xff\r\n\0" + struct.pack(">II", 0, 0)]
    for owner, subject, code in rows:
        bits = struct.pack(">ii", 4 + len(code), 8 * len(code)) + code
        parts.append(struct.pack(">hi16si16s", 3, 16, owner.bytes, 16, subject.bytes) + bits)
    return b"".join([*parts, struct.pack(">h", -1)])


def vectors(count: int, *, seed: int) -> np.ndarray:
    drawn = np.random.default_rng(seed).standard_normal((count, BITS))
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def codes_of(faces: np.ndarray) -> Codes:
    return Codes.from_copy(
        copied(*((uuid.UUID(int=1), uuid.UUID(int=at), pack(one)) for at, one in enumerate(faces)))
    )


def subjects(codes: Codes, face: np.ndarray, threshold: float) -> list[int]:
    return [one.subject.int for one in codes.alike(face, threshold=threshold)]


@given(st.lists(st.tuples(st.uuids(), st.uuids(), CODES), max_size=5))
def test_a_copy_of_the_table_is_read_back(rows):
    codes = Codes.from_copy(copied(*rows))
    owners, keys = ([uuid.UUID(bytes=one.tobytes()) for one in column]
                    for column in (codes.owners, codes.subjects))  # fmt: skip
    words = [np.ascontiguousarray(word).tobytes() for word in codes.words.T]
    assert list(zip(owners, keys, words, strict=True)) == rows
    assert len(codes) == len(rows)


def test_the_first_component_is_the_highest_bit_and_nought_is_not_positive():
    face = np.zeros(BITS)
    assert pack(face) == bytes(64)
    face[[0, 15]] = 1e-9, 1
    face[1] = -1
    assert pack(face) == b"\x80\x01" + bytes(62)


def test_the_estimate_is_the_sum_of_what_each_bit_stands_for():
    """Each of the 512 bits gives 1/sqrt(512); over sqrt(512 * 2/pi) that makes sqrt(pi/2)."""
    [found] = codes_of(np.array([EVEN, -EVEN])).alike(EVEN, threshold=0.5)
    assert (found.owner.int, found.subject.int) == (1, 0)
    assert found.estimate == pytest.approx(math.sqrt(math.pi / 2), abs=1e-5)


def test_bits_that_differ_count_against_the_estimate():
    other = EVEN.copy()
    other[:128] *= -1  # a quarter: half of the sum is left
    [found] = codes_of(np.array([other])).alike(EVEN, threshold=0.5)
    assert found.estimate == pytest.approx(math.sqrt(math.pi / 2) / 2, abs=1e-5)


def test_reach_and_spread_are_as_worked_out():
    assert (reach(1), reach(-1)) == (0, 512)
    assert reach(0) == 296  # 256 + 3.5 * sqrt(128) = 295.6
    assert spread(1) == spread(-1) == 0
    assert spread(0) == pytest.approx(0.033422, abs=1e-6)  # sqrt(0.570796 / 511)


@given(COSINES, COSINES)
def test_the_lower_the_threshold_the_farther_the_reach(one, other):
    low, high = sorted((one, other))
    assert 0 < reach(high) <= reach(low)
    assert spread(low) == pytest.approx(spread(-low))


@pytest.mark.parametrize("threshold", [1.01, -1.01, math.nan])
def test_a_threshold_that_is_no_cosine_is_refused(threshold):
    with pytest.raises(ValueError, match=r"math domain|expected a number|convert float NaN"):
        reach(threshold)


@pytest.mark.parametrize("threshold", [0.4, 0.6])
def test_faces_as_alike_as_the_threshold_are_found_and_strangers_are_not(threshold):
    face, *others = vectors(601, seed=7)
    across = np.array([one - (one @ face) * face for one in others])
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    alike = threshold * face + math.sqrt(1 - threshold**2) * across
    found = subjects(codes_of(np.concatenate([alike, across])), face, threshold)
    # 3.5 deviations, taken twice: one in two thousand may be missed
    assert sum(one < 600 for one in found) >= 598
    assert sum(one >= 600 for one in found) == 0


def test_nobody_is_alike_among_nobody():
    assert codes_of(np.empty((0, BITS))).alike(EVEN, threshold=0.5) == []


def test_a_face_is_found_at_either_side_of_a_block_and_at_the_end():
    far, near = pack(-EVEN), pack(EVEN)
    places = {0, BLOCK - 1, BLOCK, BLOCK + 2}
    owner = uuid.UUID(int=1)
    rows = [(owner, uuid.UUID(int=at), near if at in places else far) for at in range(BLOCK + 3)]
    first = Codes.from_copy(copied(*rows[:10]))
    rest = Codes.from_copy(copied(*rows[10:]))
    joined = Codes.joined([first, rest])
    assert len(joined) == BLOCK + 3
    assert subjects(joined, EVEN, 0.5) == sorted(places)


def test_the_secret_rotation_keeps_every_angle():
    turn = rotation(ring("faces").current).astype(np.float64)
    assert np.abs(turn @ turn.T - np.eye(BITS)).max() < 1e-5
    one, other = vectors(2, seed=3)
    assert (turn @ one) @ (turn @ other) == pytest.approx(one @ other, abs=1e-5)
    assert pack(turn @ one) != pack(one)


def array(code: bytes) -> np.ndarray:
    return np.frombuffer(code, np.uint8)


@given(CODES, CODES, CODES)
def test_how_far_codes_are_apart_is_a_distance(one, other, third):
    first, second, last = array(one), array(other), array(third)
    assert apart(first, first) == 0
    assert apart(first, second) == apart(second, first)
    assert apart(first, last) <= apart(first, second) + apart(second, last)
    assert apart(first, ~first) == 512


@given(CODES, st.lists(st.integers(0, 511), max_size=15))
def test_codes_that_differ_in_fewer_bits_than_there_are_bands_share_one(code, turned):
    bits = np.unpackbits(array(code))
    bits[turned] ^= 1
    assert set(bands(array(code))) & set(bands(np.packbits(bits)))


@given(CODES)
def test_bands_tell_every_code_and_never_meet_at_another_place(code):
    numbers = bands(array(code))
    assert [number >> 32 for number in numbers] == list(range(16))
    assert b"".join(struct.pack(">I", number & 0xFFFFFFFF) for number in numbers) == code


def test_a_picture_of_one_shade_has_no_shape_and_a_slope_has_one_across():
    flat = encode(np.full((90, 120, 3), 130, np.uint8))
    slope = encode(np.tile(np.linspace(0, 255, 120)[None, :, None], (90, 1, 3)).astype(np.uint8))
    assert print_of(flat).digest == hashlib.sha256(flat).digest()
    assert np.abs(print_of(flat).shape).max() < 1e-2
    shape = np.concatenate([[0], np.abs(print_of(slope).shape)]).reshape(16, 16)
    assert np.unravel_index(shape.argmax(), shape.shape) == (0, 1)
    assert shape[1:].max() < 0.05 * shape.max()
