"""A guarded change: a reason, the number of people typed, a fresh second factor, two people."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from offices import levers, proposing
from offices.models import Officer, Proposal
from registration.states import State
from rollout.models import Phase
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.levers import (
    ASK,
    REASON,
    administrators_client,
    agreed_by_another,
    asked_for,
    declined,
    prove_factor,
    typed_at,
)

pytestmark = pytest.mark.django_db


def phase() -> Phase:
    return Phase.objects.get(code="national")


def fill_in(client: Client, **values) -> None:
    session = client.session
    session["lever-draft"] = {"lever": "phase", "subject": "national", "new": values}
    session.save()


@pytest.fixture
def maker(administrator) -> Client:
    client = administrators_client(administrator)
    fill_in(client, capacity=1)
    return client


def test_nothing_changes_before_another_administrator_agrees(maker):
    proposal, before = asked_for(maker), phase().capacity
    assert (before, agreed_by_another(proposal).status_code, phase().capacity) == (
        60_000_000,
        302,
        1,
    )


def test_the_effect_is_stated_in_people(maker):
    effect = maker.get(ASK).context["effect"]
    numbers = re.findall(r"[\d,]*\d", effect.sentences[2])  # free places
    assert (effect.people, numbers) == (59_999_999, ["60,000,000", "1"])


@pytest.mark.parametrize("typed", ["1", "60000000", "", "many", "-59999999"])
def test_another_number_than_the_one_shown_confirms_nothing(maker, typed):
    answer = typed_at(maker, ASK, people=typed)
    assert [answer.status_code, Proposal.objects.count()] == [422, 0]


def test_a_number_with_commas_is_the_same_number(maker):
    assert typed_at(maker, ASK, people="59,999,999").status_code == 302


@pytest.mark.parametrize("reason", ["", "short", "because of somchai@example.org"])
def test_without_a_reason_that_the_log_may_keep_nothing_is_asked_for(maker, reason):
    answer = typed_at(maker, ASK, reason=reason)
    assert [answer.status_code, Proposal.objects.count()] == [422, 0]


def test_a_number_shown_for_another_change_confirms_nothing(maker):
    shown = maker.get(ASK).context["form"].fields["shown"].widget.token
    fill_in(maker, capacity=2)
    answer = maker.post(ASK, {"people": 59_999_999, "shown": shown, "reason": REASON})
    assert [answer.status_code, Proposal.objects.count()] == [422, 0]


def test_whoever_asked_cannot_agree(maker):
    proposal = asked_for(maker)
    answer = typed_at(maker, f"/staff/levers/{proposal.pk}/")
    assert [answer.status_code, phase().capacity] == [422, 60_000_000]


def test_an_administrator_who_lost_the_role_since_carries_nothing_out(maker, administrator):
    proposal = asked_for(maker)
    Officer.objects.filter(pk=administrator.pk).update(is_active=False)
    assert [agreed_by_another(proposal).status_code, phase().capacity] == [422, 60_000_000]


def test_a_second_factor_of_six_minutes_ago_is_asked_for_again(maker, administrator):
    prove_factor(maker, administrator, ago=360)
    for answer in (maker.get(ASK), maker.post(ASK, {"people": 1, "reason": REASON})):
        assert answer.url == "/staff/account/2fa/reauthenticate/?next=%2Fstaff%2Flevers%2Fnew%2F"
    proposal = Proposal.objects.create(
        lever="phase", subject="national", old={"capacity": 60_000_000}, new={"capacity": 1},
        people=1, reason=REASON, asked_by=OfficerFactory(administrator=True),
    )  # fmt: skip
    assert maker.post(f"/staff/levers/{proposal.pk}/").url.startswith("/staff/account/2fa/")


def test_a_reason_is_kept_while_a_code_is_asked_for_and_not_for_another_change(
    maker, administrator
):
    began = []
    for forgotten in (False, True):
        fill_in(maker, capacity=1)
        prove_factor(maker, administrator, ago=360)
        maker.post(ASK, {"people": 1, "reason": REASON})
        prove_factor(maker, administrator)
        if forgotten:
            maker.post(reverse("admin:rollout_phase_open", args=["national"]), {"back": "yes"})
        began.append(maker.get(ASK).context["form"].initial.get("reason"))
    assert began == [REASON, None]


def test_a_change_that_was_overtaken_is_not_carried_out(maker):
    proposal = asked_for(maker)
    Phase.objects.filter(code="national").update(capacity=5)
    assert [agreed_by_another(proposal).status_code, phase().capacity] == [422, 5]


def test_a_change_is_agreed_to_once_and_not_after_a_day(maker):
    proposal = asked_for(maker)
    Proposal.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    assert [agreed_by_another(proposal).status_code, phase().capacity] == [422, 60_000_000]
    assert asked_for(maker_of(capacity=1)).pk != proposal.pk


def maker_of(**values) -> Client:
    client = administrators_client()
    fill_in(client, **values)
    return client


def test_a_second_change_of_the_same_waits_for_the_first(maker):
    asked_for(maker)
    answer = typed_at(maker_of(capacity=2), ASK)
    assert [answer.status_code, Proposal.objects.count()] == [422, 1]


@pytest.mark.parametrize("own", [True, False])
def test_a_change_is_withdrawn_by_its_maker_and_declined_by_another(maker, own):
    proposal = asked_for(maker)
    client = maker if own else administrators_client()
    declined(proposal, client=client, reason="It was a typing mistake.")
    proposal.refresh_from_db()
    assert [proposal.answer, phase().capacity] == ["withdrawn" if own else "declined", 60_000_000]
    page = client.get(reverse("levers:proposal", args=[proposal.pk]))
    assert "It was a typing mistake." in page.text
    entry = Entry.objects.get(action="lever.declined")
    assert (entry.reason, proposal.reason) == ("It was a typing mistake.", REASON)


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize(
    ("reason", "ago"), [("", 0), ("short", 0), ("for x@example.org", 0), (REASON, 360)]
)
def test_declining_needs_a_reason_for_the_log_and_a_fresh_code(
    maker, administrator, own, reason, ago
):
    proposal, who = asked_for(maker), administrator if own else OfficerFactory(administrator=True)
    client = administrators_client(who)
    prove_factor(client, who, ago=ago)
    answer = declined(proposal, client=client, reason=reason)
    proposal.refresh_from_db()
    assert [answer.status_code, proposal.answer] == [302, ""]
    assert answer.url.startswith("/staff/account/2fa/") == bool(ago)


@pytest.mark.parametrize(
    ("shown", "now", "another"),
    [
        (0, 10, False), (0, 11, True), (11, 0, True), (200, 210, False), (200, 211, True),
        (1000, 1050, False), (1000, 1051, True), (1000, 949, True), (60_000_000, 57_000_000, False),
    ],
)  # fmt: skip
def test_what_people_at_work_explain_is_the_same_effect(shown, now, another):
    assert proposing.drifted(shown, now) is another


@pytest.mark.parametrize(("more", "status"), [(10, 302), (11, 422)])
@pytest.mark.parametrize("agreeing", [False, True])
def test_an_effect_that_grew_while_it_was_typed_has_to_be_looked_at_again(
    maker, more, status, agreeing
):
    Phase.objects.filter(code="pilot").delete()
    EnrollmentFactory.create_batch(3, state=State.CONSENTED)
    fill_in(maker, closed=True)
    address = f"/staff/levers/{asked_for(maker).pk}/" if agreeing else ASK
    client = administrators_client() if agreeing else maker
    page = client.get(address).context
    assert page["effect"].people == 3
    EnrollmentFactory.create_batch(more, state=State.CONSENTED)
    shown = page["form"].fields["shown"].widget.token
    answer = client.post(address, {"people": 3, "shown": shown, "reason": REASON})
    assert (answer.status_code, phase().closed) == (status, agreeing and status == 302)
    if status == 422:
        again = "The effect is another by now. Please look again."
        assert answer.context["form"].non_field_errors() == [again]


def test_the_log_has_who_asked_who_agreed_the_reason_and_both_values(maker, administrator):
    checker = OfficerFactory(administrator=True)
    proposal = asked_for(maker)
    agreed_by_another(proposal, client=administrators_client(checker))
    asked, agreed = Entry.objects.filter(action__startswith="lever.").order_by("id")
    assert (asked.actor_id, agreed.actor_id) == (str(administrator.pk), str(checker.pk))
    assert (asked.action, agreed.action, agreed.reason) == ("lever.asked", "lever.agreed", REASON)
    assert agreed.details == {
        "lever": "phase",
        "change": str(proposal.pk),
        "people": 59_999_999,
        "capacity_before": 60_000_000,
        "capacity_after": 1,
    }


def test_the_way_back_takes_two_people_as_well(maker):
    fill_in(maker, name="The nation")
    proposal = asked_for(maker)
    agreed_by_another(proposal)
    maker.post(f"/staff/levers/{proposal.pk}/back/")
    back = asked_for(maker)
    assert (back.new, phase().name) == ({"name": "National"}, "The nation")
    agreed_by_another(back)
    assert phase().name == "National"


@pytest.mark.parametrize("role", [{}, {"supervisor": True}, {"auditor": True}])
def test_nobody_but_administrators_asks(role):
    with pytest.raises(PermissionDenied):
        proposing.ask_for_change(
            levers.LEVERS["phase"], "national", {"capacity": 1}, by=OfficerFactory(**role),
            reason=REASON, people=0,
        )  # fmt: skip
