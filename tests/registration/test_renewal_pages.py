"""The pages that lead to a renewal, begin it, and show it to an officer."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from identity import sessions
from identity.models import DigitalID
from registration.models import Enrollment
from registration.states import State
from registration.views.sessions import SESSION_KEY
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.identity.factories import DigitalIDFactory
from tests.registration.renewals import age, ready

pytestmark = pytest.mark.django_db
RENEW = reverse("registration:renew")
ENGLISH = {"Accept-Language": "en"}


def holding(client: Client, digital_id: DigitalID, *, unlocked: bool = True) -> Client:
    session = client.session
    session[sessions.HOLDER] = str(digital_id.pk)
    session[sessions.UNLOCKED_AT] = time.time() if unlocked else 0
    session.save()
    return client


def working_on(client: Client, enrollment: Enrollment) -> Client:
    session = client.session
    session[SESSION_KEY] = str(enrollment.pk)
    session.save()
    return client


def test_the_page_explains_and_the_press_begins(client):
    assert client.get(RENEW).status_code == 200
    assert Enrollment.objects.count() == 0
    assert client.post(RENEW).url == reverse("registration:terms")
    assert Enrollment.objects.get().renewal is True
    assert Entry.objects.get(action="enrollment.start").details["renewal"] is True


def test_starting_renewals_is_limited_as_starting_at_all(client, settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"start": (2, 3600)}
    client.post(reverse("registration:start"))
    assert [client.post(RENEW).status_code for _ in range(2)] == [302, 429]


@pytest.mark.parametrize(("renewal", "offered"), [(True, True), (False, False)])
def test_a_renewal_begun_is_gone_on_with(client, renewal, offered):
    enrollment = EnrollmentFactory(renewal=renewal)
    page = working_on(client, enrollment).get(RENEW)
    assert (reverse("registration:terms") in page.text) is offered


@pytest.mark.parametrize("page", ["registration:home", "identity:unlock", "identity:lost"])
def test_pages_lead_to_the_renewal(client, page):
    assert f'href="{RENEW}"' in client.get(reverse(page)).text


def test_a_wrong_password_offers_the_renewal(client):
    holding(client, DigitalIDFactory(), unlocked=False)
    page = client.post(reverse("identity:unlock"), {"password": "a guess"}, headers=ENGLISH)
    assert "you have the digital ID issued anew, and set a new password" in page.text


def test_after_a_loss_the_way_on_is_shown(client):
    digital_id = DigitalIDFactory()
    told = {"number": digital_id.holder.number, "password": "ฝนตกที่ทะเล-2566"}
    page = client.post(reverse("identity:lost"), told, headers=ENGLISH)
    assert "Have my digital ID issued anew" in page.text


CARD = [
    (61, {}, "", False),
    (60, {}, "It ends with your card on", True),
    (-1, {}, "This digital ID has ended", True),
    (900, {"suspended": True}, "This digital ID is suspended", True),
    (900, {"revoked": True}, "This digital ID cannot be shown", False),
    (
        900,
        {"revoked": True, "status_reason": "renewed"},
        "This digital ID was replaced by a newer one",
        False,
    ),
]


@pytest.mark.parametrize(("days", "values", "said", "invited"), CARD)
def test_the_holders_card_says_when_it_is_time(client, days, values, said, invited):
    ends = timezone.localdate() + timedelta(days=days)
    holding(client, DigitalIDFactory(expires_on=ends, **values))
    page = client.get(reverse("identity:card"), headers=ENGLISH).text
    titles = {title for _days, _values, title, _invited in CARD if title and title in page}
    assert titles == ({said} if said else set())
    assert ("Have it issued anew</a>" in page) is invited


def test_the_end_of_a_renewal_says_so_and_keeps_the_key(client):
    enrollment = ready("3" + "0" * 12)
    Enrollment.objects.filter(pk=enrollment.pk).update(state=State.ACTIVATED)
    page = working_on(client, enrollment).get(reverse("registration:done"), headers=ENGLISH).text
    assert ["Your digital ID is issued anew" in page, "js/claim-key" in page] == [True, True]


@pytest.fixture
def case() -> Enrollment:
    former = age(DigitalIDFactory())
    return EnrollmentFactory(state=State.WAITING_REVIEW, renewal=True, number_key=former.number_key)


def test_an_officer_sees_the_renewal_and_the_former_picture(client, signed_in, case):
    signed_in(client, OfficerFactory())
    page = client.get(reverse("review:case", args=[case.pk]), headers=ENGLISH).text
    picture = reverse("review:picture", args=[case.pk, "former"])
    assert [picture in page, "Renewal" in page] == [True, True]
    assert client.get(picture).headers["Content-Type"] == "image/jpeg"
    entry = Entry.objects.get(action="case.image_viewed")
    assert [entry.subject_id, entry.details["kind"]] == [str(case.pk), "former"]
    assert "Renewal" in client.get(reverse("review:queue"), headers=ENGLISH).text


@pytest.mark.parametrize("values", [{"renewal": False}, {"number_key": None}])
def test_there_is_no_former_picture_where_nothing_is_replaced(client, signed_in, case, values):
    Enrollment.objects.filter(pk=case.pk).update(**values)
    signed_in(client, OfficerFactory())
    answer = client.get(reverse("review:picture", args=[case.pk, "former"]))
    assert [answer.status_code, Entry.objects.filter(action="case.image_viewed").count()] == [
        404,
        0,
    ]


def test_the_former_picture_is_not_there_for_a_stranger(client, signed_in, case):
    signed_in(client, OfficerFactory(elsewhere=True))
    assert client.get(reverse("review:picture", args=[case.pk, "former"])).status_code == 404


def test_the_counter_begins_a_renewal(client, signed_in):
    signed_in(client, OfficerFactory())
    client.post(reverse("counter:home"), {"language": "th", "terms": "on", "renewal": "on"})
    assert [Enrollment.objects.get().renewal, Enrollment.objects.get().channel] == [True, "office"]


def referred(client, *, renewal: bool, reason: str) -> str:
    """The page of somebody proven whose number needs the other way, in English."""
    enrollment = EnrollmentFactory(
        office=None, state=State.REJECTED, renewal=renewal, reject_reason=reason
    )
    return (
        working_on(client, enrollment).get(reverse("registration:rejected"), headers=ENGLISH).text
    )


def test_a_number_with_a_digital_id_leads_a_first_registration_to_the_renewal(client):
    page = referred(client, renewal=False, reason="already_registered")
    assert "You have a digital ID already" in page
    assert '<a class="button" href="/id/renew/">' in page


def test_a_number_without_leads_a_renewal_to_the_registration(client):
    page = referred(client, renewal=True, reason="nothing_to_renew")
    assert "There is no digital ID under your number yet" in page
    assert '<a class="button" href="/">' in page
