"""Finding and comparing faces: on 148 portraits, and on photos of the same people where there."""

from itertools import combinations

import cv2
import numpy as np
import pytest
from django.conf import settings

from devstack.demo.specimens.camera import as_screen
from tests.verification.faces_pictures import (
    MAN,
    PORTRAITS,
    WOMAN,
    embedding_of,
    needs_photos,
    people,
    photo,
    portrait,
    selfie,
    turned,
)
from verification.faces.detection import _detect
from verification.faces.engine import Embedding, embed, find_faces, liveness, similarity
from verification.faces.pose import pose_of
from verification.images import decode

THRESHOLDS = settings.MACHINE_THRESHOLDS
SAME_PERSON = [
    ("p1_a", "p1_b"), ("p2_a", "p2_b"), ("p2_a", "p2_c"), ("p2_a", "p2_d"), ("p2_b", "p2_c"),
    ("p2_b", "p2_d"), ("p2_c", "p2_d"), ("p3_a", "p3_b"), ("p4_a", "p4_b"),
]  # fmt: skip
EVERYBODY = ["p1_a", "p1_b", "p2_a", "p2_b", "p2_c", "p2_d", "p3_a", "p3_b", "p4_a", "p4_b", "p5_a"]
SECOND_COPIES = 3  # portraits that are there twice


def in_a_corner(picture, *, size, width):
    """The picture, `width` pixels wide, in the lower right corner of a grey one (height, width)."""
    small = cv2.resize(picture, (width, round(width * picture.shape[0] / picture.shape[1])))
    large = np.full((*size, 3), 128, np.uint8)
    large[-small.shape[0] :, -small.shape[1] :] = small
    return large


def test_every_portrait_shows_exactly_one_face():
    counts = {path.stem: len(find_faces(portrait(path.stem))) for path in PORTRAITS.glob("*.jpg")}

    assert [name for name, count in counts.items() if count != 1] == []
    assert len(counts) == 148


def test_a_picture_without_a_face_shows_none():
    assert find_faces(np.full((480, 640, 3), 200, np.uint8)) == []


@pytest.mark.parametrize("size", [(4, 4), (1, 500), (500, 1)])
def test_a_picture_of_any_size_is_looked_at(size):
    assert find_faces(np.zeros((*size, 3), np.uint8)) == []


def test_the_larger_of_two_faces_comes_first():
    beside = np.zeros((720, 1200, 3), np.uint8)
    beside[:384, :333] = cv2.resize(np.asarray(people().card_portrait(MAN)), (333, 384))
    beside[:, 600:] = cv2.resize(np.asarray(people().card_portrait(WOMAN)), (600, 720))

    faces = find_faces(beside)

    assert [face.box[0] > 600 for face in faces] == [True, False]


def test_a_face_too_small_for_the_whole_picture_is_found_in_its_parts():
    large = in_a_corner(selfie(), size=(2400, 3200), width=160)

    assert len(_detect(large)) == 0
    assert [face.box[0] > 3040 for face in find_faces(large)] == [True]


def test_a_face_in_a_large_picture_keeps_its_place_and_person():
    picture = selfie()
    large = cv2.resize(picture, None, fx=4, fy=4)

    found, expected = find_faces(large)[0], find_faces(picture)[0]

    assert np.abs(found.points / 4 - expected.points).max() < 0.02 * expected.height
    assert similarity(embed(large, found), embed(picture, expected)) > 0.98


def test_the_five_points_lie_as_a_face_has_them():
    left_eye, right_eye, nose, left_corner, right_corner = find_faces(selfie())[0].points

    assert left_eye[0] < nose[0] < right_eye[0]
    assert max(left_eye[1], right_eye[1]) < nose[1] < min(left_corner[1], right_corner[1])
    assert left_corner[0] < right_corner[0]


def test_an_embedding_has_length_one():
    embedding = embedding_of(selfie())

    assert (embedding.vector.shape, embedding.vector.dtype) == ((512,), np.float32)
    assert np.linalg.norm(embedding.vector) == pytest.approx(1, abs=1e-5)


def test_embeddings_of_different_models_are_not_compared():
    embedding = embedding_of(selfie())

    with pytest.raises(ValueError, match="different models"):
        similarity(embedding, Embedding(embedding.vector, "another"))


def test_another_model_is_a_setting_and_travels_with_its_vectors(settings):
    settings.FACE_EMBEDDER = settings.FACE_EMBEDDER | {"name": "another/2", "bgr": False}

    assert embedding_of(selfie()).model == "another/2"


@pytest.mark.parametrize("name", [WOMAN, MAN])
def test_selfie_and_card_portrait_of_one_person_match(name, settings):
    card = np.asarray(people().card_portrait(name))

    likeness = similarity(embedding_of(card), embedding_of(selfie(name)))
    assert likeness > settings.MACHINE_THRESHOLDS["face_match"] + 0.1


def test_no_two_people_among_the_portraits_match():
    vectors = np.stack([
        embedding_of(portrait(path.stem)).vector for path in sorted(PORTRAITS.glob("*.jpg"))
    ])  # fmt: skip
    pairs = (vectors @ vectors.T)[np.triu_indices(len(vectors), 1)]

    assert (len(pairs), (pairs > 0.99).sum()) == (10_878, SECOND_COPIES)
    assert pairs[pairs < 0.99].max() < THRESHOLDS["face_match"]


def test_a_face_lying_on_its_side_is_weak():
    picture = selfie()
    lying = turned(picture, 1)

    assert embed(picture, find_faces(picture)[0]).strength > 2.4
    assert [embed(lying, face).strength < 1.9 for face in find_faces(lying)[:1]] == [True]


def test_a_face_at_the_edge_can_be_judged():
    picture = selfie()
    left, top, right, bottom = map(int, find_faces(picture)[0].box)
    tight = picture[top:bottom, left:right]

    assert [0 <= liveness(tight, face) <= 1 for face in find_faces(tight)] == [True]


def test_a_face_on_a_screen_does_not_look_live():
    picture = decode(as_screen(people().selfie(WOMAN, seed=1)))

    assert liveness(picture, find_faces(picture)[0]) < THRESHOLDS["liveness"]


class TestPhotos:
    pytestmark = needs_photos

    @pytest.mark.parametrize(("one", "other"), SAME_PERSON)
    def test_two_photos_of_one_person_match(self, one, other):
        likeness = similarity(embedding_of(photo(one)), embedding_of(photo(other)))

        assert likeness > THRESHOLDS["face_match"] + 0.1

    def test_photos_of_different_people_do_not_match(self):
        kept = {name: embedding_of(photo(name)) for name in EVERYBODY}
        likeness = [
            similarity(kept[one], kept[other])
            for one, other in combinations(EVERYBODY, 2)
            if one[:2] != other[:2]
        ]

        assert (len(likeness), max(likeness) < 0.2) == (46, True)

    def test_two_people_in_one_photo_are_two_faces(self):
        assert len(find_faces(photo("two_people"))) == 2

    @pytest.mark.parametrize(
        ("name", "live"), [("live_1", True), ("spoof_1", False), ("spoof_2", False)]
    )
    def test_a_person_is_told_from_a_picture_of_one(self, name, live):
        upright = turned(photo(name), 3)

        score = liveness(upright, find_faces(upright)[0])

        assert (score >= THRESHOLDS["liveness"]) == live

    @pytest.mark.parametrize("name", EVERYBODY)
    def test_photos_of_people_look_live(self, name):
        picture = photo(name)

        assert liveness(picture, find_faces(picture)[0]) > THRESHOLDS["liveness"]

    def test_the_persons_own_left_is_the_pictures_right(self):
        assert pose_of(find_faces(photo("p2_d"))[0]).turn > 0.2
        assert pose_of(find_faces(photo("p2_b"))[0]).turn < -0.2
