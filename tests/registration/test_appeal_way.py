"""An appeal through the API, with real pictures and engines, while registration is closed."""

import pytest
from django.utils import timezone

from audit.services import Actor
from core.outbox.models import Job
from identity.contacts import clean_contact
from offices.models import Officer
from registration.models import Appeal, Enrollment
from registration.services import decisions as deciding
from registration.services import notifications, review
from registration.services.renewing import way_fits
from registration.states import State
from rollout import services as rollout
from rollout.models import Phase, Place
from tests.factories import OfficeFactory, OfficerFactory
from tests.registration.appeals import WORDS, ago, reject
from tests.registration.test_notifications import messages, run_due_jobs
from tests.walks import OFFICE, PASSWORD, Walk, card_photos, run_jobs

pytestmark = pytest.mark.django_db
ADDRESS = "enrollment/appeal/"


@pytest.fixture
def here() -> Officer:
    return OfficerFactory(office=OfficeFactory(code=OFFICE))


@pytest.fixture
def other() -> Officer:
    return OfficerFactory(elsewhere=True)


@pytest.fixture
def walk(here, other) -> Walk:
    """Rejected because of another person's selfie; since then registration is closed to all."""
    walk = Walk(0).to_answer(of=1)
    reject(walk.enrollment, here)
    phase = Phase.objects.get(code="national")
    phase.closed = True
    rollout.change_phase(phase, actor=Actor.system("test"))
    walk.refresh()
    return walk


def sent(walk: Walk, data: dict) -> dict:
    answer = walk.client.post(f"/api/v1/{ADDRESS}", data, format="json")
    return {"status": answer.status_code, "code": codes(answer.json())}


def codes(body: dict) -> list[str]:
    return [one["code"] for one in body.get("errors", [])]


def test_the_app_reads_the_rejection_and_until_when_it_can_be_appealed(walk):
    told = [walk.state[name] for name in ("state", "step", "rejection", "appealed_at")]
    assert told == ["rejected", "rejected", "ใบหน้าในภาพถ่ายไม่ใช่ใบหน้าบนบัตร", None]
    assert walk.state["appeal_before"] > timezone.now().isoformat()
    walk._send("post", ADDRESS, {"words": WORDS})
    told = [walk.state[name] for name in ("state", "step", "rejection", "appeal_before")]
    assert told == ["waiting_review", "waiting", "", None]
    assert walk.state["appealed_at"] == Appeal.objects.get().filed_at.isoformat()


def test_a_refusal_is_a_problem_with_a_code(walk):
    assert sent(walk, {"words": " "}) == {"status": 400, "code": ["blank"]}
    assert sent(walk, {"words": "ก" * 1001}) == {"status": 400, "code": ["max_length"]}
    assert sent(walk, {"words": WORDS})["status"] == 201
    assert sent(walk, {"words": WORDS}) == {"status": 409, "code": ["appealed_already"]}


def test_too_late_and_nothing_to_appeal_against_have_codes_of_their_own(walk, settings):
    ago(walk.enrollment, 2 * settings.APPEAL_WITHIN)
    assert sent(walk, {"words": WORDS}) == {"status": 409, "code": ["appeal_too_late"]}
    Enrollment.objects.update(state=State.WAITING_REVIEW)
    assert sent(walk, {"words": WORDS}) == {"status": 409, "code": ["nothing_to_appeal"]}


def test_a_token_of_reference_and_number_needs_the_code_on_the_card(walk):
    asked = {"reference": walk.state["reference"], "number": walk.person.number}
    token = walk._send("post", "enrollments/resume/", asked)["token"]
    walk.client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    assert sent(walk, {"words": WORDS}) == {"status": 403, "code": ["wrong_card_code"]}
    said = {"words": WORDS, "card_code": walk.person.laser_code}
    assert sent(walk, said) == {"status": 201, "code": []}


def test_photographed_again_it_stays_with_its_office_which_decides_whatever_the_checks_say(
    walk, other, here
):
    walk._send("post", ADDRESS, {"words": WORDS})
    held = review.take_next_case(other)
    deciding.ask_for_retake(held, officer=other, reasons=["card_unclear"])
    walk._send("post", "enrollment/card/again/")
    walk.photograph_card(*card_photos(0))
    run_jobs()
    walk.refresh()
    walk.confirm(walk.person)
    walk.send_selfie(0)
    run_jobs()
    assert [walk.refresh()["state"], walk.enrollment.office_id] == ["waiting_review", "5001"]
    assert review.take_next_case(here) is None
    approved = deciding.approve_enrollment(review.take_next_case(other), officer=other)
    assert approved.state == State.VERIFIED


def test_granted_it_goes_on_to_the_digital_id_though_registration_is_closed(walk, other):
    walk._send("post", ADDRESS, {"words": WORDS})
    assert way_fits(walk.enrollment)
    Enrollment.objects.get().findings.all().delete()  # two failed checks would take two officers
    deciding.approve_enrollment(review.take_next_case(other), officer=other)
    walk.refresh()
    walk.choose_password(PASSWORD)
    assert walk.consent(PASSWORD)["state"] in {"activated", "waiting_review"}
    assert not Place.objects.exists()


def test_the_second_rejection_is_final_and_is_taken_back_though_registration_is_closed(walk, other):
    walk._send("post", ADDRESS, {"words": WORDS})
    again = reject(Enrollment.objects.get(), other)
    assert deciding.undo_decision(again, officer=other).state == State.IN_REVIEW
    deciding.reject_enrollment(Enrollment.objects.get(), officer=other, reasons=["other"])
    told = walk.refresh()
    assert [told["state"], told["appeal_before"], bool(told["appealed_at"])] == [
        "rejected", None, True,
    ]  # fmt: skip


def test_the_citizen_hears_of_it_and_of_its_answer(walk, other, settings, tmp_path):
    settings.MESSAGES_DIR = tmp_path / "messages"
    Job.objects.all().delete()
    channel, address = clean_contact("081-234-5678")
    citizen = Actor.citizen(walk.enrollment.pk)
    notifications.keep_contact(walk.enrollment, channel=channel, address=address, actor=citizen)
    walk._send("post", ADDRESS, {"words": WORDS})
    run_due_jobs()
    reject(Enrollment.objects.get(), other)
    run_due_jobs()
    texts = sorted(one["text"].split(" โปรด")[0][:22] for one in messages(settings.MESSAGES_DIR))
    assert len(texts) == 2
    assert all("อุทธรณ์" in text for text in texts)
