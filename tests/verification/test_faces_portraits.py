"""Faces off old cards: portraits aged by us, of people whose portraits are others' work."""

from functools import cache

import numpy as np
import pytest
from django.conf import settings

from devstack.demo.measuring.portraits import all_tries, measure
from devstack.demo.measuring.portraits import people as measured_people
from devstack.demo.specimens.aged import SPECIES
from tests.verification.faces_pictures import (
    MAN,
    PHOTOS,
    WOMAN,
    embedding_of,
    needs_photos,
    people,
    selfie,
)
from verification.faces.engine import embed, find_faces, similarity
from verification.faces.portraits import find_portrait_face
from verification.images.arrays import Picture

THRESHOLD = settings.MACHINE_THRESHOLDS["face_match"]
DOTS = "284 px, grey, in dots"


@cache
def names() -> list[str]:
    return (people().names("f") + people().names("m"))[::3]


@cache
def selfies():
    return {name: embedding_of(selfie(name, seed=seed)) for seed, name in enumerate(names())}


def aged(name: str, species: str) -> Picture:
    return SPECIES[species](np.asarray(people().card_portrait(name)))


@pytest.mark.parametrize("species", list(SPECIES))
def test_of_old_portraits_nine_in_ten_show_their_face_and_nobody_elses(species):
    found = {name: find_portrait_face(aged(name, species)) for name in names()}
    seen = {name: one.embedding for name, one in found.items() if one}
    impostor = [
        similarity(embedding, selfies()[other])
        for name, embedding in seen.items()
        for other in names()
        if other != name
    ]

    assert len(names()) == 11
    assert len(seen) >= 10
    assert max(impostor) < THRESHOLD


@pytest.mark.parametrize("name", names())
def test_a_portrait_in_dots_shows_no_face_until_it_is_cleaned_and_then_matches(name):
    picture = aged(name, DOTS)

    assert find_faces(picture) == []
    assert similarity(find_portrait_face(picture).embedding, selfies()[name]) > THRESHOLD


@pytest.mark.parametrize("name", names())
def test_a_clean_portrait_is_seen_as_before_to_the_last_bit(name):
    picture = aged(name, "clean")
    faces = find_faces(picture)

    found = find_portrait_face(picture)

    assert (found.face.box, found.count) == (faces[0].box, len(faces))
    assert found.embedding.vector.tobytes() == embed(picture, faces[0]).vector.tobytes()


@pytest.mark.parametrize("name", [WOMAN, MAN])
def test_the_face_lies_in_the_portrait_itself_however_it_was_enlarged(name):
    expected = find_faces(aged(name, "clean"))[0]

    found = find_portrait_face(aged(name, "100 px, grey, in dots")).face

    assert np.abs(found.points * 3.84 - expected.points).max() < 0.1 * expected.height


@pytest.mark.parametrize("seed", range(6))
def test_a_pattern_without_a_face_shows_none_in_any_try(seed):
    draw = np.random.default_rng(seed)
    grain = draw.integers(0, 256, (340, 284, 1), dtype=np.uint8).repeat(3, axis=2)
    level = np.full((340, 284, 3), 40 * seed, np.uint8)

    assert [find_portrait_face(one) for one in (grain, level, SPECIES[DOTS](level))] == [None] * 3


class TestPhotos:
    pytestmark = needs_photos

    def test_portraits_in_dots_match_other_photos_of_the_person_and_nobody_elses(self):
        everybody = measured_people(PHOTOS)
        aged_portraits = [SPECIES[DOTS](one.portrait) for one in everybody]
        errors = measure(everybody, aged_portraits, all_tries)
        false_match, false_non_match = errors.at(THRESHOLD, "public")

        assert (false_match.count, false_non_match.count) == (0, 0)
        assert errors.found.count == errors.found.total
