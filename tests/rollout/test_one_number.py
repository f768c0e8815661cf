"""The number of taken places is the same wherever it is shown, whatever the phases do meanwhile."""

import re
import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from audit.services import Actor
from core.sending.senders import Message
from dashboards.models import Counter, SummarySubscription
from dashboards.pages.overview import overview
from dashboards.summary.sending import compose
from rollout import services
from rollout.checklist import checklist
from rollout.models import Phase, Place
from tests.factories import OfficerFactory
from tests.levers import administrators_client
from tests.rollout.test_capacity import change, sign_up

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


def number(pattern: str, text: str) -> int:
    return int(re.search(pattern, text).group(1).replace(",", ""))


def morning_mail() -> Message:
    reader = SummarySubscription(officer=OfficerFactory.build(administrator=True), language="en")
    return compose(reader, figures=overview(), key=uuid.uuid4())


def everywhere(client: Client, settings) -> list[int]:
    """As pages, daily mail, API, checklist, dry run and metrics have it for the phase in force."""
    cache.clear()
    settings.METRICS_TOKEN = "for-the-test"
    phase, get = services.current_phase(), client.get
    page = get(reverse("dashboards:overview"), headers=ENGLISH).text
    figures = get(reverse("statistics_api:page", args=["overview"])).json()["figures"]
    listed = get(reverse("admin:rollout_phase_changelist"), headers=ENGLISH).text
    free = [str(item.name) for item in checklist(phase)][-1]
    dry = client.post(reverse("admin:rollout_phase_try", args=[phase.pk])).context["rehearsal"]
    start = get(reverse("admin:index"), headers=ENGLISH).text
    metrics = get("/metrics/", headers={"Authorization": "Bearer for-the-test"}).text
    mailed = morning_mail()
    return [
        number(r"([\d,]+) of [\d,]+\s+places are taken", page),
        number(r"([\d,]+) of [\d,]+ places are taken", mailed.text),
        number(r'Places taken</th>\s*<td align="right">([\d,]+)<', mailed.html),
        number(r"<td>([\d,]+) of [\d,]+ places are taken", mailed.html),
        figures["taken"],
        number(rf">{phase.pk}</a>.*?field-taken\">([\d,]+)<", listed.replace("\n", "")),
        number(r'Places taken</p>\s*<p class="tile__value"><span class="number">([\d,]+)<', start),
        phase.capacity - number(r"([\d,]+)", free),
        phase.capacity - dry.places,
        number(rf'dopa_places_taken{{phase="{phase.pk}"}} (\d+)', metrics),
        Place.objects.filter(shard__phase=phase).count(),
    ]


def test_every_page_the_api_and_the_metrics_show_the_same_number(settings):
    client, national = administrators_client(), Phase.objects.get(code="national")
    change(Phase.objects.get(code="pilot"), opens_self=True)
    Counter.objects.create(
        figure="signups", area="", day="2023-02-01", label="self", loaded=True, count=9_879_978
    )
    assert [sign_up() for _ in range(3)] == ["consented"] * 3
    assert everywhere(client, settings) == [3] * 11
    change(national, closed=True)
    assert [sign_up() for _ in range(2)] == ["consented"] * 2
    assert everywhere(client, settings) == [2] * 11
    change(national, closed=False, capacity=1)
    assert everywhere(client, settings)[:6] == [3] * 6


def test_the_page_and_the_mail_say_what_exists_as_sums_only():
    client, page = administrators_client(), reverse("dashboards:overview")
    said = "9,879,978 of the sign-ups in all were carried over as sums"
    texts = [client.get(page, headers=ENGLISH).text, morning_mail().text, morning_mail().html]
    assert [said in text for text in texts] == [False] * 3
    Counter.objects.create(
        figure="signups", area="", day="2023-02-01", label="self", loaded=True, count=9_879_978
    )
    cache.clear()
    mailed = morning_mail()
    texts = [client.get(page, headers=ENGLISH).text, mailed.text, mailed.html]
    assert [said in text for text in texts] == [True] * 3


def test_the_mail_says_of_a_few_that_they_are_few_and_where_no_phase_is_that_there_is_none():
    [sign_up() for _ in range(3)]
    change(Phase.objects.get(code="national"), capacity=60_000_000)
    few = "3 of 60,000,000 places are taken (less than 0.01 percent)"
    assert [few in part for part in (morning_mail().text, morning_mail().html)] == [True] * 2
    Phase.objects.update(closed=True)
    none = "No phase of the rollout has begun."
    assert [none in part for part in (morning_mail().text, morning_mail().html)] == [True] * 2


def test_a_phase_that_ended_is_not_in_force_on_the_dashboard_either():
    client = administrators_client()
    Phase.objects.exclude(code="pilot").delete()
    services.change_phase(
        Phase(code="short", name="Short", capacity=5, starts_on="2024-01-01", ends_on="2024-01-02"),
        actor=Actor.system("test"),
    )
    figures = client.get(reverse("statistics_api:page", args=["overview"])).json()["figures"]
    assert [services.current_phase(), figures["capacity"]] == [None, None]
