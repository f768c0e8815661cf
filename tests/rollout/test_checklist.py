"""Each condition says what was found, where to look, and what to do where it does not hold."""

import pytest

from population.models import ImportRun
from rollout.checklist import checklist
from rollout.models import Phase
from tests.levers import administrators_client
from tests.population.files import people, write
from tests.population.runs import bring_in

PAGE = "/admin/rollout/phase/national/change/"


def items() -> list:
    return checklist(Phase.objects.get(code="national"))


@pytest.mark.django_db
def test_every_condition_has_numbers_and_a_remedy_and_leads_somewhere():
    client = administrators_client()
    assert [item.name for item in items() if not (item.found and item.remedy)] == []
    addresses = {item.address for item in items() if item.address}
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )
    assert len(addresses) > 2


@pytest.mark.django_db
def test_the_page_shows_the_remedy_of_what_does_not_hold_alone():
    page = administrators_client().get(PAGE, headers={"Accept-Language": "en"}).text
    told = {item.remedy: item.holds for item in items()}
    assert {remedy: remedy not in page for remedy in told} == told


def test_the_numbers_are_those_of_the_last_import(folder, offices):
    rows = people(5)
    rows[2] |= {"status": "asleep"}
    bring_in(write(folder / "register.csv", rows))
    found = [item.found for item in items()]
    run = ImportRun.objects.get()
    assert found[0] == "4 rows of register.csv came last"
    assert found[2] == "4 rows taken, 1 rejected"
    page = administrators_client().get(
        f"/admin/population/importrun/{run.pk}/change/", headers={"Accept-Language": "en"}
    )
    text = " ".join(page.text.split())
    assert "5 lines in the file: 4 new, 0 changed, 0 already there, 1 rejected." in text
    assert "holds a part: nobody counts as removed" in text
    assert "(Done)" not in text
