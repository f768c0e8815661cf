"""The password of the pilot, at the first visit: emptying Redis gives no more guesses at it."""

import pytest
from django.test import Client
from django.urls import reverse

from offices.services import load_offices
from tests.guesses import FREE, only_the_last, opened
from tests.pilot.files import PASSWORD, known_people, of_the_pilot, take_over

pytestmark = pytest.mark.django_db
RETURNING = reverse("pilot:returning")


@pytest.fixture(autouse=True)
def offices(db) -> None:
    load_offices()


def answer(number: str, password: str):
    return Client().post(RETURNING, {"number": number, "password": password})


@pytest.mark.parametrize(("wrong", "is_let"), [(FREE - 1, True), (FREE, False)])
def test_a_wiped_redis_gives_no_more_guesses_at_a_members_password(tmp_path, wrong, is_let):
    (row,) = known_people(1)
    take_over(tmp_path, [of_the_pilot(row)])
    told = opened(
        lambda said: answer(row["number"], said).status_code == 302, wrong=wrong, right=PASSWORD
    )
    assert told == only_the_last(wrong, is_let=is_let)


def test_nor_does_it_tell_a_member_from_a_number_that_nobody_had_in_the_pilot(tmp_path):
    member, stranger = known_people(2)
    take_over(tmp_path, [of_the_pilot(member)])

    def pauses(number: str) -> list[bool]:
        return opened(
            lambda said: "Too many wrong tries" in answer(number, said).text,
            wrong=FREE,
            right=PASSWORD,
        )

    assert [pauses(row["number"]) for row in (member, stranger)] == [
        only_the_last(FREE, is_let=True)
    ] * 2
