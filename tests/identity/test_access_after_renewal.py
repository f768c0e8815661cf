"""What was seen of the earlier digital ID stays to be read; the earlier phone learns nothing."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone, translation

from audit.actions import Action
from audit.models import Entry
from audit.services import Actor, record
from core.thai_words import joined
from identity.access import AskedAlready, accesses, ask_about, entries_of
from identity.life import LifeReason, change_status
from identity.models import DigitalID
from tests.factories import EnrollmentFactory, OfficerFactory
from tests.identity.factories import DigitalIDFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def earlier() -> DigitalID:
    digital_id = DigitalIDFactory(
        enrollment_id=EnrollmentFactory().pk, issued_at=timezone.now() - timedelta(days=90)
    )
    return change_status(
        digital_id,
        "revoke",
        actor=Actor.citizen(digital_id.enrollment_id),
        reason=LifeReason.RENEWED,
    )


@pytest.fixture
def newer(earlier) -> DigitalID:
    return DigitalIDFactory(
        number_key=earlier.number_key, enrollment_id=EnrollmentFactory(renewal=True).pk
    )


def look(digital_id: DigitalID) -> Entry:
    case = EnrollmentFactory.build(pk=digital_id.enrollment_id)
    return record(Action.CASE_VIEWED, case, actor=Actor.officer(OfficerFactory()))


def test_the_newer_one_shows_what_was_seen_of_the_earlier(earlier, newer):
    seen = [look(earlier).pk, look(newer).pk]
    looks = entries_of(newer).filter(action=Action.CASE_VIEWED)
    assert sorted(looks.values_list("pk", flat=True)) == seen


def test_the_earlier_one_shows_nothing_of_the_newer(earlier, newer):
    look(newer)
    assert not entries_of(earlier).filter(action=Action.CASE_VIEWED).exists()


def test_nobody_elses_accesses_are_shown(newer):
    look(DigitalIDFactory(enrollment_id=EnrollmentFactory().pk))
    assert not entries_of(newer).filter(action=Action.CASE_VIEWED).exists()


def test_the_replacement_is_told_in_words_as_the_holders_own(newer):
    with translation.override("th"):
        [told] = accesses(newer, list(entries_of(newer)))
    assert [told.who, told.what] == ["ท่าน", joined("ออกดิจิทัลไอดีใหม่แทนฉบับเดิมของท่าน")]


def test_a_question_about_the_earlier_one_is_still_there(earlier, newer):
    entry = look(earlier)
    asked = ask_about(earlier, entry, words="Why?")
    [shown] = accesses(newer, [entry])
    assert shown.question == asked
    with pytest.raises(AskedAlready), transaction.atomic():
        ask_about(newer, entry, words="Why, again?")
