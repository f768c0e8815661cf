"""Who could sign up, counted by night beside everything else."""

import pytest
from django.conf import settings

from dashboards.models import Eligible
from dashboards.tasks import renew_eligible
from devstack.demo.register import enter_in_register
from devstack.demo.specimens.people import make_people

pytestmark = pytest.mark.django_db


def test_those_old_enough_are_counted_by_office_and_what_was_loaded_stays():
    Eligible.objects.create(office_code="9999", people=5, loaded=True)
    people = make_people(8, seed=3)
    enter_in_register(people)
    for _ in range(2):
        renew_eligible()
    told = dict(Eligible.objects.filter(loaded=False).values_list("office_code", "people"))
    assert sum(told.values()) == len(people)
    assert Eligible.objects.get(office_code="9999").people == 5


def test_the_count_holds_up_neither_folds_nor_gets_counted_twice():
    schedule = settings.CELERY_BEAT_SCHEDULE["count the eligible"]
    assert schedule["options"]["queue"] == "imports"
    assert renew_eligible.acks_late is False
