"""A digital ID follows what the register says of its holder."""

import pytest

from audit.models import Entry
from audit.services import Actor
from identity.credential.status_list import not_in_force
from identity.following import Done, follow_register
from identity.life import LifeReason, change_status
from identity.models import DigitalIDStatus, FormerPlace
from identity.person import RegisterStatus
from population.following import how_many_end
from population.models import PopulationRecord
from tests.identity.factories import DigitalIDFactory, PopulationRecordFactory, make_person

ACTOR = Actor.system("import")
NUMBER = "1101700230708"


@pytest.fixture
def digital_id(db):
    return DigitalIDFactory(number=NUMBER)


def follow_now(keys: list) -> dict:
    return follow_register(PopulationRecord.objects.in_bulk(keys), actor=ACTOR)


def follow(digital_id) -> dict:
    done = follow_now([digital_id.number_key])
    digital_id.refresh_from_db()
    return dict(done)


@pytest.mark.parametrize(
    ("register", "done", "status", "reason"),
    [
        ("alive", {}, "active", ""),
        ("deceased", {Done.REVOKED: 1}, "revoked", "holder_died"),
        ("removed", {Done.SUSPENDED: 1}, "suspended", "left_register"),
    ],
)
def test_it_stands_as_its_holder_does(digital_id, register, done, status, reason):
    PopulationRecordFactory(number=NUMBER, status=register)
    assert how_many_end([digital_id.number_key]) == len(done)
    assert follow(digital_id) == done
    assert (digital_id.status, digital_id.status_reason) == (status, reason)
    assert follow(digital_id) == {}


def test_who_is_back_in_the_register_has_it_in_force_again(digital_id):
    person = PopulationRecordFactory(number=NUMBER, status=RegisterStatus.REMOVED)
    follow(digital_id)
    person.status = RegisterStatus.ALIVE
    person.save()
    assert follow(digital_id) == {Done.RESUMED: 1}
    assert digital_id.status == DigitalIDStatus.ACTIVE


def test_what_an_officer_suspended_stays_suspended(digital_id):
    PopulationRecordFactory(number=NUMBER)
    change_status(digital_id, "suspend", actor=ACTOR, reason=LifeReason.MISUSED)
    assert follow(digital_id) == {}
    assert digital_id.status == DigitalIDStatus.SUSPENDED


def test_a_new_name_ends_what_was_issued_with_the_old_one(digital_id):
    old_place = digital_id.status_index
    married = make_person(NUMBER, title_th="นาง", last_name_th="สุขสันต์", last_name_en="")
    PopulationRecordFactory(number=NUMBER, person=married)
    assert follow(digital_id) == {Done.UPDATED: 1}
    holder = digital_id.holder
    assert (holder.title_th, holder.last_name_th) == ("นาง", "สุขสันต์")
    assert (holder.last_name_en, holder.address) == ("Jaidee", married.address)
    assert digital_id.holder_since is not None
    assert FormerPlace.objects.get().status_index == old_place
    assert not_in_force(0) == {old_place: 1}
    entry = Entry.objects.get(action="digital_id.updated")
    assert entry.details == {"fields": ["last_name_th", "title_th"]}
    assert follow(digital_id) == {}


def test_only_live_ones_and_only_people_of_the_register_are_touched(db):
    revoked = DigitalIDFactory(number=NUMBER, revoked=True)
    unknown = DigitalIDFactory()
    PopulationRecordFactory(number=NUMBER, deceased=True)
    keys = [revoked.number_key, unknown.number_key]
    assert follow_now(keys) == {}
    assert how_many_end(keys) == 0


@pytest.mark.parametrize("people", [1, 3])
def test_who_has_not_changed_costs_no_question_each(db, django_assert_num_queries, people):
    numbers = [PopulationRecordFactory().person.number for _ in range(people)]
    keys = [DigitalIDFactory(number=number).number_key for number in numbers]
    with django_assert_num_queries(4):
        assert follow_now(keys) == {}
