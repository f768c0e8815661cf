"""One appeal for each registration, also pressed twice at the same moment."""

import pytest

from audit.models import Entry
from registration.errors import Refused
from registration.models import Appeal
from tests.factories import OfficerFactory
from tests.registration.appeals import appeal, rejected
from tests.registration.test_review_takes import in_threads

pytestmark = pytest.mark.usefixtures("transactional_db")


def filed(case) -> str:
    try:
        return appeal(case).state
    except Refused as refusal:
        return refusal.code


def test_twice_at_once_is_once():
    OfficerFactory(elsewhere=True)
    case = rejected(OfficerFactory())
    assert sorted(in_threads(filed, [case] * 8)) == ["appealed_already"] * 7 + ["waiting_review"]
    entries = Entry.objects.filter(action="enrollment.appeal")
    assert [Appeal.objects.count(), entries.count()] == [1, 1]
