"""A citizen registered at the counter, through the officer's pages, with real pictures."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from devstack.demo.register import enter_in_register
from identity.models import DigitalID
from registration.confirm_form import ConfirmForm
from registration.errors import Conflict
from registration.kiosk_mode import KIOSK
from registration.models import CounterVisit, Enrollment
from registration.services import decisions as deciding
from registration.services import review
from registration.states import State
from tests.factories import PASSWORD as OFFICERS_PASSWORD
from tests.factories import EnrollmentFactory, OfficeFactory, OfficerFactory
from tests.walks import OFFICE, PASSWORD, card_photos, people, run_jobs, selfie

pytestmark = pytest.mark.django_db
HOME = "/staff/counter/"


@pytest.fixture
def desk(client, signed_in):
    """An officer of Pak Kret at the counter; the person is in the register."""
    office = OfficeFactory(code=OFFICE)
    enter_in_register([people()[0]])
    return signed_in(client, OfficerFactory(office=office))


def photo(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.jpg", data, content_type="image/jpeg")


def begun(desk) -> str:
    answer = desk.post(HOME, {"language": "th", "terms": "on"})
    assert answer.status_code == 302
    return answer.url


def with_card(desk) -> str:
    page = begun(desk)
    for side in card_photos(0):
        desk.post(page, {"picture": photo(side)})
    run_jobs()
    return page


def confirmed(desk) -> str:
    page = with_card(desk)
    form = ConfirmForm.from_reading(Enrollment.objects.get().reading)
    names = {name: getattr(people()[0], name) for name in ("first_name_th", "last_name_th")}
    assert desk.post(page, form.initial | names).status_code == 302
    return page


def photographed(desk, *, which: int = 0) -> str:
    page = confirmed(desk)
    desk.post(page, {"picture": photo(selfie(which)), "identity_checked": "on"})
    run_jobs()
    return page


def test_a_citizen_is_registered_and_the_password_set_at_the_counter(desk):
    page = photographed(desk)
    assert Enrollment.objects.get().state == State.VERIFIED
    desk.post(f"{page}hand-over/")
    desk.post(page, {"first": PASSWORD, "second": PASSWORD})
    desk.post(page, {"password": PASSWORD})
    issued = DigitalID.objects.get()
    assert (issued.channel, issued.office_code, issued.devices.count()) == ("office", OFFICE, 0)
    assert "The digital ID is active" in desk.get(page).text


def test_the_identity_check_is_recorded_with_the_officer(desk):
    photographed(desk)
    visit = CounterVisit.objects.get()
    checked = Entry.objects.get(action="enrollment.identity_checked")
    assert (visit.identity_checked_at is not None, checked.actor_id) == (
        True,
        str(visit.officer_id),
    )
    citizens = Entry.objects.filter(actor_kind="citizen", subject_id=str(visit.pk))
    assert not citizens.exists()


def test_without_having_checked_the_identity_no_photo_is_taken(desk):
    page = confirmed(desk)
    answer = desk.post(page, {"picture": photo(selfie(0))})
    assert (answer.status_code, Enrollment.objects.get().state) == (422, State.DATA_CONFIRMED)


def test_without_agreement_to_the_terms_nothing_begins(desk):
    assert desk.post(HOME, {"language": "th"}).status_code == 422
    assert not Enrollment.objects.exists()


def test_another_face_than_the_cards_goes_to_review_also_from_the_counter(desk):
    photographed(desk, which=1)
    assert Enrollment.objects.get().state == State.WAITING_REVIEW


def test_the_counter_says_why_an_officer_has_to_decide_and_not_to_the_citizen(desk):
    page = photographed(desk, which=1)
    english, why = {"Accept-Language": "en"}, "The faces are less alike"
    assert why in desk.get(page, headers=english).text
    Enrollment.objects.get().findings.all().delete()
    assert "chance has drawn this case" in desk.get(page, headers=english).text
    session = desk.session
    session[KIOSK] = str(Enrollment.objects.get().pk)
    session.save()
    assert "chance has drawn" not in desk.get(page, headers=english).text


def test_whoever_registered_somebody_does_not_decide_the_case(desk):
    photographed(desk, which=1)
    case, clerk = Enrollment.objects.get(), CounterVisit.objects.get().officer
    with pytest.raises(Conflict):
        review.take_case(case, officer=clerk)
    assert review.take_next_case(clerk) is None
    assert review.take_next_case(OfficerFactory(office=clerk.office)) == case


def test_the_link_takes_the_citizen_on_at_the_own_phone_once(desk):
    page = photographed(desk)
    answer = desk.post(f"{page}link/")
    address = answer.context["link"].split("testserver")[1]
    phone = Client()
    taken = phone.post(address)
    assert taken.url == reverse("registration:return")
    assert Client().post(address).status_code == 404


def test_a_new_link_ends_the_former_one(desk):
    page = photographed(desk)
    links = [desk.post(f"{page}link/").context["link"].split("testserver")[1] for _ in range(2)]
    assert [Client().post(link).status_code for link in links] == [404, 302]


def test_a_screen_turned_to_the_citizen_opens_nothing_else_till_the_officers_password(desk):
    page = photographed(desk)
    assert "data-dopa-password" not in desk.get(page).text
    desk.post(f"{page}hand-over/")
    assert "data-dopa-password" in desk.get(page).text
    for address in ("/staff/queue/", HOME, "/staff/search/", f"{page}link/", "/"):
        assert desk.get(address).url == f"{page}back/"
    assert desk.post(f"{page}back/", {"password": "wrong"}).status_code == 422
    desk.post(f"{page}back/", {"password": OFFICERS_PASSWORD})
    assert desk.get("/staff/queue/").status_code == 200


def test_a_visit_of_another_office_is_not_there(desk, signed_in):
    page = begun(desk)
    assert signed_in(Client(), OfficerFactory(elsewhere=True)).get(page).status_code == 404


class TestOpenedAgain:
    def rejected(self, officer) -> Enrollment:
        case = review.take_case(EnrollmentFactory(state=State.WAITING_REVIEW), officer=officer)
        return deciding.reject_enrollment(case, officer=officer, reasons=["other"])

    def test_two_of_different_roles_put_a_rejected_case_back_for_a_reason(self, client, signed_in):
        case = self.rejected(OfficerFactory())
        staff = signed_in(client, OfficerFactory(role="supervisor"))
        staff.post(reverse("review:reopen", args=[case.pk]), {"message": "New evidence."})
        asked = case.second_person_requests.get()
        answer = reverse("review:second_person", args=[case.pk, asked.pk])
        staff.post(answer, {"answer": "agree"})
        assert Enrollment.objects.get().state == State.REJECTED
        signed_in(Client(), OfficerFactory()).post(answer, {"answer": "agree"})
        case.refresh_from_db()
        assert (case.state, case.reject_reason) == (State.WAITING_REVIEW, "")
        with pytest.raises(Conflict, match="own_case"):
            review.take_case(case, officer=asked.asked_by)
        assert case.decisions.last().message == "New evidence."

    def test_without_a_reason_it_stays_closed(self, client, signed_in):
        case = self.rejected(OfficerFactory())
        staff = signed_in(client, OfficerFactory(role="supervisor"))
        staff.post(reverse("review:reopen", args=[case.pk]), {"message": "  "})
        assert Enrollment.objects.get().state == State.REJECTED
