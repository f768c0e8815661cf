"""Two administrators say their word on an import's page, and it says who has spoken."""

import html

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.templatetags.thai import people_time
from core.thai_words import joined
from offices.models import Officer
from population.models import Agreement, ImportRun, RunState
from tests.factories import OfficerFactory
from tests.levers import REASON, administrators_client
from tests.population.files import people, work, write
from tests.population.runs import bring_in
from tests.population.test_following import issued_to

pytestmark = pytest.mark.usefixtures("offices", "small_chunks")
ENGLISH = {"Accept-Language": "en"}
QUESTIONS = {"take_over": "agree", "ends": "agree", "changes": "take_changes"}
BOTH = "Two administrators have to agree."
MINE = "You have agreed. Another administrator has to agree as well."
ANOTHER = "Another administrator has to agree."
AGAIN = "You had agreed already, which counts once. Another one has to agree."
ENOUGH = "Two administrators have agreed. It goes on now."
TOO_LATE = "This no longer waits for anybody to agree."


@pytest.fixture
def one() -> Client:
    return administrators_client(OfficerFactory(administrator=True, name="Somying First"))


@pytest.fixture
def another() -> Client:
    return administrators_client(OfficerFactory(administrator=True, name="Somchai Second"))


@pytest.fixture
def waiting(request, tmp_path, settings) -> ImportRun:
    """An import that waits for two on the question."""
    rows = [row | {"office_code": "1206", "status": "alive"} for row in people(60)]
    issued_to(rows[:2])
    bring_in(write(tmp_path / "first.csv", rows))
    work()
    newer = {
        "take_over": rows[:2] + [row | {"last_name_th": "เปลี่ยนแล้ว"} for row in rows[2:]],
        "ends": [rows[0] | {"status": "deceased"}],
        "changes": [rows[0] | {"first_name_th": "ใครก็ไม่รู้", "birth_date": "1931-01-01"}],
    }[request.param]
    settings.REGISTER_ENDS_AT_MOST = 0
    if request.param == "take_over":
        settings.REGISTER_CEILINGS = dict.fromkeys(("ended", "changed", "rejected"), (0.1, 0.1))
        settings.REGISTER_CEILING_LEAST = 1
    run = bring_in(write(tmp_path / "newer.csv", newer))
    work()
    return run


def address(run: ImportRun, name: str, *more: str) -> str:
    return reverse(f"admin:population_importrun_{name}", args=[run.pk, *more])


def pressed(client: Client, run: ImportRun, step: str) -> list[tuple[str, str]]:
    """What the page says to whoever has just pressed."""
    page = client.post(address(run, "step", step), {"reason": REASON}, headers=ENGLISH, follow=True)
    return [(one.level_tag, str(one)) for one in page.context["messages"]]


def shown(client: Client, run: ImportRun, step: str) -> tuple[str | None, bool]:
    """Which sentence about words stands on the page, and whether there is a button."""
    page = client.get(address(run, "change"), headers=ENGLISH)
    text = html.unescape(page.text)
    told = [sentence for sentence in (BOTH, MINE, ANOTHER) if f">{sentence}<" in text]
    assert len(told) < 2
    return (told[0] if told else None, f'action="{address(run, "step", step)}"' in text)


@pytest.mark.parametrize(("waiting", "step"), QUESTIONS.items(), indirect=["waiting"])
def test_the_page_says_who_has_agreed_and_asks_only_the_others(waiting, step, one, another):
    assert shown(one, waiting, step) == (BOTH, True)
    assert pressed(one, waiting, step) == [("success", MINE)]
    assert shown(one, waiting, step) == (MINE, False)
    assert shown(another, waiting, step) == (ANOTHER, True)
    said = f"Somying First agreed on {people_time(Agreement.objects.get().at)}."
    for name in ("change", "samples"):
        assert said in another.get(address(waiting, name), headers=ENGLISH).text


@pytest.mark.parametrize(("waiting", "step"), QUESTIONS.items(), indirect=["waiting"])
def test_a_second_press_does_nothing_and_says_so(waiting, step, one):
    pressed(one, waiting, step)
    assert pressed(one, waiting, step) == [("warning", AGAIN)]
    work()
    assert Agreement.objects.count() == 1
    assert shown(one, waiting, step) == (MINE, False)


@pytest.mark.parametrize(("waiting", "step"), QUESTIONS.items(), indirect=["waiting"])
def test_with_the_second_word_it_goes_on_and_a_later_one_comes_too_late(
    waiting, step, one, another
):
    pressed(one, waiting, step)
    assert pressed(another, waiting, step) == [("success", ENOUGH)]
    assert pressed(one, waiting, step) == [("warning", TOO_LATE)]
    assert Agreement.objects.count() == 2


@pytest.mark.parametrize("waiting", ["take_over"], indirect=True)
def test_the_word_of_an_account_that_is_switched_off_is_neither_shown_nor_counted(
    waiting, one, another
):
    pressed(one, waiting, "agree")
    first = Officer.objects.filter(name="Somying First")
    first.update(is_active=False)
    assert shown(another, waiting, "agree") == (BOTH, True)
    assert pressed(another, waiting, "agree") == [("success", MINE)]
    first.update(is_active=True)
    assert shown(another, waiting, "agree") == (None, True)
    assert pressed(another, waiting, "agree") == [("success", ENOUGH)]
    waiting.refresh_from_db()
    assert waiting.state == RunState.MERGING


@pytest.mark.parametrize("waiting", ["take_over"], indirect=True)
def test_it_is_said_in_thai_with_the_buddhist_year(waiting, one, another):
    pressed(one, waiting, "agree")
    page = another.get(address(waiting, "change"), headers={"Accept-Language": "th"}).text
    year = timezone.localdate().year + 543
    assert joined("Somying First เห็นชอบเมื่อ ") in page
    assert f" {year} " in page.partition(joined("เห็นชอบเมื่อ "))[2][:30]
    assert joined("ผู้ดูแลระบบอีกคนต้องเห็นชอบ") in page
