"""Moving cases together, taken back while it is fresh: for each case that nobody touched since."""

from django.utils import timezone

from registration.models import Enrollment, Way
from registration.services import review
from registration.services.reassigning.carrying_out import undo_reassignment
from tests.factories import OfficeFactory, OfficerFactory
from tests.registration.reassignments import (
    ago,
    do,
    from_hands,
    held,
    now_held_by,
    refused,
    waiting,
    wished,
)


def test_hands_have_it_again_if_they_hold_nothing_else(chief):
    officers = OfficerFactory.create_batch(2)
    cases = held(officers)
    batch = do(from_hands(officers), chief)
    review.take_case(waiting(1)[0], officer=officers[1])
    assert undo_reassignment(batch, by=chief) == 2
    assert now_held_by() | {cases[0].pk: officers[0].pk, cases[1].pk: None} == now_held_by()


def test_what_somebody_took_since_stays(chief):
    officers, colleague = OfficerFactory.create_batch(2), OfficerFactory()
    cases = held(officers)
    batch = do(from_hands(officers), chief)
    review.take_case(Enrollment.objects.get(pk=cases[0].pk), officer=colleague)
    assert undo_reassignment(batch, by=chief) == 1
    assert now_held_by() == {cases[0].pk: colleague.pk, cases[1].pk: officers[1].pk}


def test_what_was_given_and_opened_stays_and_the_rest_waits_again(chief):
    cases, to = waiting(2), [OfficerFactory(name="A"), OfficerFactory(name="B")]
    wish = wished(Way.LINE_GIVEN, office="1206", to=[str(one.pk) for one in to])
    batch = do(wish, chief)
    review.take_next_case(to[0])
    assert undo_reassignment(batch, by=chief) == 1
    assert now_held_by() == {cases[0].pk: to[0].pk, cases[1].pk: None}


def test_the_office_has_them_again(province):
    waiting(2)
    OfficerFactory(office=OfficeFactory(code="1201"))
    batch = do(wished(Way.LINE_MOVED, office="1206", to_office="1201"), province)
    assert undo_reassignment(batch, by=province) == 2
    assert set(Enrollment.objects.values_list("office", flat=True)) == {"1206"}


def test_once_and_in_time_and_by_the_same_person(chief):
    officers = OfficerFactory.create_batch(1)
    held(officers)
    batch = do(from_hands(officers), chief)
    other = OfficerFactory(supervisor=True)
    assert refused(lambda: undo_reassignment(batch, by=other)) == "not_yours"
    batch.made_at = ago(seconds=31)
    batch.save()
    assert refused(lambda: undo_reassignment(batch, by=chief)) == "too_late"
    batch.made_at = timezone.now()
    batch.save()
    assert undo_reassignment(batch, by=chief) == 1
    assert refused(lambda: undo_reassignment(batch, by=chief)) == "too_late"
