"""An officer who wants to know which of the cases are exercises, and finds nothing to tell by."""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import transaction
from django.urls import get_resolver, reverse
from django.utils import timezone

from audit.actions import Action
from audit.services import Actor, record
from registration.models import Enrollment, Finding, ServedExercise
from registration.services.evidence import keep_picture
from registration.services.exercises import taking
from registration.services.exercises.film import as_film
from registration.services.exercises.making import exercise_picture
from registration.services.exercises.seeing import BEGUN
from registration.states import State
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.registration.known_cases import person, served
from verification.capture import of_browser
from verification.cards.fields import Field
from verification.reading import Reading

pytestmark = pytest.mark.django_db
WHEN = r"(\d{1,2} [A-Z][a-z]{2} \d{4} )?\d\d:\d\d(:\d\d)?"
NOBODY = dict.fromkeys(vars(person(0)), "")


A_PAGES = [0, 131, 2704, 2842]  # milliseconds of four frames


@pytest.fixture
def staff(client, officer, signed_in):
    return signed_in(client, officer)


@pytest.fixture
def exercise(officer) -> ServedExercise:
    return served(officer.office, registered=type(person(0))(**NOBODY))


@pytest.fixture
def twin(exercise) -> Enrollment:
    """A case of a citizen with the same pictures, data and findings."""
    since = exercise.waiting_since - timedelta(seconds=1)
    case = EnrollmentFactory(
        state=State.WAITING_REVIEW, state_since=since, channel="self", selfie_attempts=1, risk=1
    )
    case.confirmed = exercise.exercise.person
    case.reading = Reading({name: Field(value, 1.0) for name, value in vars(person(0)).items()})
    case.save()
    for picture in exercise.exercise.pictures.all():
        data = exercise_picture(exercise.exercise, picture.kind)
        more = {"times": A_PAGES, "steps": ["turn_left", "turn_right"], "sizes": [2, 2]}
        film = more | {"settled": [0, 0]} if picture.kind == "frames" else {}
        keep_picture(case, picture.kind, data, **film)
    for finding in exercise.exercise.findings:
        Finding.objects.create(enrollment=case, attempt=1, **finding)
    with transaction.atomic():
        for action, _before in BEGUN:
            of_system = action == Action.SEND_TO_REVIEW
            record(action, case, actor=Actor.system("x") if of_system else Actor.citizen(case.pk))
    return case


def test_the_film_of_an_exercise_was_taken_as_a_pages_is():
    """Uneven, and with a wait for the second turn: what a program counts is a sign against it."""
    film = as_film([b""] * 8)
    gaps = [later - earlier for earlier, later in pairwise(film.times)]
    wait = gaps.pop(3)
    assert [wait > 1000, min(gaps) > 100, max(gaps) < 200] == [True] * 3
    rules = {"known": frozenset(), "shadowed": frozenset()}
    told = of_browser(from_camera=True, label="Front Camera", times=film.times, **rules)
    assert told.signs == ()


def what_it_looks_like(page, one) -> str:
    """The page without what is another in each case: id, reference, token, times."""
    text = page.content.decode().replace(str(one.pk), "ID").replace(one.reference, "REFERENCE")
    text = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', r'\1="X"', text)
    text = re.sub(r'data-times="\d+( \d+){3}"', "TIMES", text)
    text = re.sub(r'(content|data-dopa-undo)="[A-Za-z0-9_-]*"', r'\1="X"', text)
    return re.sub(WHEN, "WHEN", re.sub(r"\s+", " ", text))


def walk(staff, one) -> list[str]:
    """What each step of a case's way shows."""
    steps = [
        ("take", {}),
        ("take", {}),  # in hand already
        ("hold", {}),
        ("release", {}),
        ("take", {}),
        ("decide", {"move": "reject"}),  # without a reason
        ("decide", {"move": "reject", "reasons": ["not_the_same"], "then": "queue"}),
        ("take", {}),  # decided already
        ("undo", {}),
        ("decide", {"move": "approve", "then": "queue"}),
    ]
    page = reverse("review:case", args=[one.pk])
    seen = [what_it_looks_like(staff.get(page), one)]
    for name, data in steps:
        answer = staff.post(reverse(f"review:{name}", args=[one.pk]), data)
        to = getattr(answer, "url", "").replace(str(one.pk), "ID")
        seen.append(f"{name}: {answer.status_code} {to}")
        seen.append(what_it_looks_like(staff.get(page), one))
    return seen


@pytest.mark.usefixtures("as_a_minute_begins")
def test_what_a_colleague_took_back_is_read_of_neither(client, signed_in, officer, twin, exercise):
    colleague = OfficerFactory(office=officer.office)
    rejected = {
        "move": "reject",
        "reasons": ["not_the_same"],
        "message": "Glued on",
        "then": "queue",
    }
    seen = []
    for one in (twin, exercise):
        staff = signed_in(client, colleague)
        for name, data in (("take", {}), ("decide", rejected), ("undo", {}), ("release", {})):
            assert staff.post(reverse(f"review:{name}", args=[one.pk]), data).status_code == 302
        page = signed_in(client, officer).get(reverse("review:case", args=[one.pk]))
        seen.append(what_it_looks_like(page, one))
    assert seen[0] == seen[1]
    assert ["Glued on" in seen[1], colleague.name in seen[1]] == [False, True]  # who had it in hand


@pytest.fixture
def as_a_minute_begins(exercise) -> Iterator[None]:
    """Words like "for 3 minutes" are the same for nearly a minute, however slow the machine."""
    minutes = (timezone.now() - exercise.waiting_since) // timedelta(minutes=1) + 1
    with time_machine.travel(exercise.waiting_since + timedelta(minutes=minutes, seconds=1)):
        yield


@pytest.mark.usefixtures("as_a_minute_begins")
def test_the_pages_are_the_same_from_waiting_to_decided(staff, twin, exercise):
    of_the_case = walk(staff, twin)
    session = staff.session
    del session["review-undo"]  # the offer for the case; it would stand on the exercise's page too
    session.save()
    of_the_exercise = walk(staff, exercise)
    assert len(of_the_case) == 21
    assert [one.split("<") for one in of_the_case] == [one.split("<") for one in of_the_exercise]


def test_a_page_is_given_the_same_names_of_each(staff, twin, exercise):
    given = []
    for one in (twin, exercise):
        page = staff.get(reverse("review:case", args=[one.pk]))
        given.append({name for part in page.context for name in part.flatten()})
    assert given[0] == given[1]
    assert "for_a_colleague" in given[0]


def test_pictures_and_faces_are_the_same(staff, twin, exercise):
    for kind in ("portrait", "selfie", "frames", "bent", "card_front", "card_back", "former", "x"):
        for name in ("picture", "face"):
            first, second = (
                staff.get(reverse(f"review:{name}", args=[one.pk, kind]))
                for one in (twin, exercise)
            )
            assert first.status_code == second.status_code
            assert first.headers.keys() == second.headers.keys()


def of_a_case() -> list[str]:
    patterns = get_resolver().namespace_dict["review"][1].reverse_dict
    names = {name for name in patterns if isinstance(name, str)}
    return sorted(n for n in names if n not in {"remove_view"} and "pk" in str(patterns.getlist(n)))


@pytest.mark.parametrize("name", of_a_case())
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_of_a_case_answers_alike(staff, twin, exercise, name, method):
    told = []
    for one in (twin, exercise):
        more = {"kind": "selfie"} if name in {"face", "picture"} else {}
        more = {"asked": exercise.exercise_id} if name == "second_person" else more
        address = reverse(f"review:{name}", kwargs={"pk": one.pk, **more})
        answer = getattr(staff, method)(address, {"step": "suspend", "move": "approve"})
        told.append([answer.status_code, getattr(answer, "url", "").replace(str(one.pk), "")])
    assert told[0] == told[1]


@pytest.mark.parametrize("sort", ["oldest", "newest", "risk"])
def test_the_list_has_it_in_its_place_on_every_page(staff, officer, exercise, sort):
    since = [exercise.waiting_since + timedelta(minutes=step) for step in range(-30, 31)]
    for at in since:
        EnrollmentFactory(state=State.WAITING_REVIEW, state_since=at, risk=1)
    seen, query = [], f"?sort={sort}"
    while query:
        page = staff.get(f"/staff/queue/{query}").content.decode()
        seen += re.findall(r'list-table__main number" href="/staff/cases/([^/]*)/', page)
        following = re.search(r'rel="next" href="([^"]*)"', page)
        query = following.group(1).replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 62
    assert seen.index(str(exercise.pk)) in {30, 31}
    assert 'data-dopa-count="waiting">62<' in page


@pytest.mark.parametrize(
    ("query", "found"),
    [("channel=self", 1), ("channel=office", 0), ("risk=1", 1), ("risk=2", 0), ("appeal=on", 0),
     ("doubt=face_match", 1), ("doubt=liveness", 0), ("late=on", 0), ("queue=decided", 0)],
)  # fmt: skip
def test_choice_count_and_file_have_it_as_they_have_a_case(staff, twin, exercise, query, found):
    page = staff.get(f"/staff/queue/?{query}").content.decode()
    changes = staff.get(f"/staff/queue/changes/?{query}").json()["counts"]
    file = staff.get(f"/staff/queue/cases.csv?{query}").content.decode()
    for one in (twin, exercise):
        assert [page.count(str(one.pk)) > 0, one.reference in file] == [bool(found)] * 2
    assert changes["waiting"] == (2 if found or query == "queue=decided" else 0)


def test_search_finds_it_by_reference_and_by_number(staff, exercise):
    for text in (exercise.reference, exercise.reference.lower(), person(0).number):
        answer = staff.post("/staff/search/", {"text": text})
        assert answer.url == reverse("review:case", args=[exercise.pk])


def test_the_id_and_the_reference_are_made_as_a_cases(exercise):
    case = EnrollmentFactory()
    assert [case.pk.version, exercise.pk.version] == [7, 7]
    pattern = r"[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{4}){2}"
    assert re.fullmatch(pattern, case.reference)
    assert re.fullmatch(pattern, exercise.reference)


def test_what_is_still_to_come_is_nowhere(staff, officer, exercise):
    ServedExercise.objects.update(waiting_since=timezone.now() + timedelta(minutes=3))
    assert staff.get(reverse("review:case", args=[exercise.pk])).status_code == 404
    assert staff.post("/staff/search/", {"text": exercise.reference}).status_code == 200
    assert exercise.reference not in staff.get("/staff/queue/").content.decode()
    assert taking.take_next(officer) is None
