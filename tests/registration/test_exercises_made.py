"""Exercises as officers of a province make them: two people, one blind; the lever of the share."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from core.storage import read_sealed
from devstack.demo.register import enter_in_register
from offices.levers import LEVERS, LeverRefused
from offices.models import Officer
from offices.proposing import agree_to_change, ask_for_change
from registration.errors import Conflict, Refused
from registration.models import Exercise, ExerciseShare, share_now
from registration.services.evidence import with_a_row as with_an_evidence
from registration.services.exercises import making
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.registration.known_cases import (
    draft,
    jpeg,
    known,
    number,
    officer_of_a_province,
    person,
)
from tests.walks import people

pytestmark = pytest.mark.django_db
TYPED = {
    "number": number(1), "title_th": "นาย", "first_name_th": "สมชาย", "last_name_th": "ใจดี",
    "title_en": "Mr.", "first_name_en": "Somchai", "last_name_en": "Jaidee", "birth_day": "2",
    "birth_month": "1", "birth_year": "2533", "address": "9/1 หมู่ที่ 3 ต.เวียง อ.เมือง จ.น่าน",
    "expiry_day": "1", "expiry_month": "1", "expiry_year": "2573", "laser_code": "JT1234567890",
    "doubted": ["face_match"], "differs": "last_name_th", "registered_value": "ดีใจ",
    "move": "reject", "reason": "not_the_same", "consented": "on",
}  # fmt: skip


def files(frames: int = 4) -> dict:
    named = {kind: SimpleUploadedFile("a.jpg", jpeg()) for kind in map(str, making.PICTURES)}
    return named | {"frames": [SimpleUploadedFile("f.jpg", jpeg(90 + n)) for n in range(frames)]}


@pytest.fixture
def maker() -> Officer:
    return officer_of_a_province("9001")


@pytest.fixture
def second() -> Officer:
    return officer_of_a_province("9101")


@pytest.fixture
def makers_client(client, maker, signed_in) -> Client:
    return signed_in(client, maker)


def make(client, frames: int = 4, **other):
    return client.post(reverse("exercises:make"), TYPED | files(frames) | other)


def test_from_the_form_to_use_through_two_people(makers_client, second, signed_in):
    made = make(makers_client)
    exercise = Exercise.objects.get()
    assert made.url == reverse("exercises:show", args=[exercise.pk])
    assert "The face in the selfie" in makers_client.get(made.url).content.decode()
    seconds = signed_in(Client(), second)
    page = seconds.get(made.url).content.decode()
    assert "Your answer" in page
    assert "<strong>Reject" not in page
    answer = {"move": "reject", "reason": "not_the_same"}
    seconds.post(reverse("exercises:answer", args=[exercise.pk]), answer)
    exercise.refresh_from_db()
    assert [exercise.agreed, exercise.answered_by] == [True, second]
    assert exercise in Exercise.objects.in_use()
    actions = Entry.objects.filter(action__startswith="exercise.").order_by("id")
    told = [one.action for one in actions if one.action != "exercise.viewed"]
    assert told == ["exercise.made", "exercise.answered"]
    assert exercise.registered.last_name_th == "ดีใจ"


def test_its_pictures_are_sealed_seen_with_a_mark_and_no_evidence_of_a_case(makers_client):
    make(makers_client)
    exercise = Exercise.objects.get()
    names = set(exercise.pictures.values_list("name", flat=True))
    assert making.with_a_row(names) == names
    assert with_an_evidence(names) == set()
    for kind, status in (("selfie", 200), ("frames", 200), ("return_selfie", 404)):
        address = reverse("exercises:picture", args=[exercise.pk, kind])
        assert makers_client.get(address).status_code == status


@pytest.mark.parametrize(
    "wrong",
    [{"consented": ""}, {"move": ""}, {"move": "approve"}, {"reason": ""}, {"reason": "challenge"},
     {"registered_value": " "}, {"number": "1101700000000"}, {"doubted": ["duplicate"]}],
)  # fmt: skip
def test_what_is_wrong_with_it_is_told_and_nothing_kept(makers_client, wrong):
    assert make(makers_client, **wrong).status_code == 422
    assert not Exercise.objects.exists()


@pytest.mark.parametrize("frames", [0, 3, 13])
def test_too_few_and_too_many_frames_are_told(makers_client, frames):
    assert make(makers_client, frames=frames).status_code == 422


def test_what_is_no_picture_is_told(makers_client):
    broken = make(makers_client, selfie=SimpleUploadedFile("a.jpg", b"no picture"))
    assert broken.status_code == 422
    assert not Exercise.objects.exists()


def test_a_number_of_somebody_is_refused(maker):
    EnrollmentFactory(number_key=known(3).number_key)
    with pytest.raises(Refused, match="somebodys_number"):
        making.make_exercise(draft(3), officer=maker)
    somebody = people()[0]
    enter_in_register([somebody])
    with pytest.raises(Refused, match="somebodys_number"):
        making.make_exercise(draft(person=person(4, number=somebody.number)), officer=maker)


def test_nobody_answers_the_own_and_nobody_a_second_time(maker, second):
    made = making.make_exercise(draft(), officer=maker)
    answer = {"move": made.move, "reason": made.reason}
    with pytest.raises(Refused, match="own_exercise"):
        making.answer_blind(made, officer=maker, **answer)
    making.answer_blind(made, officer=second, move="approve", reason="")
    with pytest.raises(Conflict):
        making.answer_blind(made, officer=officer_of_a_province("9201"), **answer)
    made.refresh_from_db()
    assert [made.agreed, made in Exercise.objects.in_use()] == [False, False]


@pytest.mark.parametrize("role", ["officer", "supervisor", "administrator", "auditor"])
def test_nobody_else_makes_or_answers_one(role):
    other = OfficerFactory(
        role=role, office=None if role in {"administrator", "auditor"} else OfficerFactory().office
    )
    with pytest.raises(PermissionDenied):
        making.make_exercise(draft(), officer=other)
    with pytest.raises(PermissionDenied):
        making.answer_blind(known(), officer=other, move="reject", reason="not_the_same")


def test_ending_deletes_pictures_and_data_and_says_so(
    makers_client, maker, django_capture_on_commit_callbacks
):
    exercise = making.make_exercise(draft(), officer=maker)
    names = list(exercise.pictures.values_list("name", flat=True))
    with django_capture_on_commit_callbacks(execute=True):
        makers_client.post(reverse("exercises:end", args=[exercise.pk]))
    exercise.refresh_from_db()
    assert [exercise.person, exercise.registered, exercise.pictures.count()] == [None, None, 0]
    with pytest.raises(FileNotFoundError):
        read_sealed(names[0])
    assert Entry.objects.filter(action="exercise.ended", details__pictures=5).count() == 1
    page = makers_client.get(reverse("exercises:show", args=[exercise.pk])).content.decode()
    assert "no longer kept" in page
    with pytest.raises(Conflict):
        making.end_exercise(exercise, actor=making.Actor.officer(maker))


def test_an_end_that_is_rolled_back_leaves_the_pictures(maker, django_capture_on_commit_callbacks):
    exercise = making.make_exercise(draft(), officer=maker)

    @transaction.atomic
    def end_and_fail() -> None:
        making.end_exercise(exercise, actor=making.Actor.officer(maker))
        raise RuntimeError

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        end_and_fail()
    assert read_sealed(exercise.pictures.get(kind="selfie").name)


def test_the_log_holds_nothing_of_who_is_shown(makers_client):
    make(makers_client)
    kept = " ".join(str(entry.details) + entry.reason for entry in Entry.objects.all())
    assert not re.search("|".join([person(1).number, "สมชาย", "Somchai", "ใจดี"]), kept)


def test_the_share_is_set_by_two_administrators_and_not_beyond_its_bounds():
    one, another = OfficerFactory.create_batch(2, administrator=True)
    lever, people = LEVERS["exercises"], Officer.objects.filter(role="officer").count()
    asked = ask_for_change(lever, "1", {"percent": 2}, by=one, reason="First try.", people=people)
    assert [share_now().percent, ExerciseShare.objects.count()] == [0, 0]
    agree_to_change(asked, by=another, people=people)
    assert [share_now().percent, share_now().a_day] == [2, 1]
    more = ask_for_change(lever, "1", {"percent": 6}, by=one, reason="More.", people=people)
    with pytest.raises(LeverRefused):
        agree_to_change(more, by=another, people=people)
    assert share_now().percent == 2
    assert timezone.now() > asked.asked_at
