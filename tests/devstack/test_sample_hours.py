"""The sample office gives appointments, and keeps what somebody has changed since."""

import pytest

from appointments.models import Hours, Slot
from appointments.services.opening import remove_hours
from devstack.demo.hours import open_counters
from devstack.demo.staff import make_staff
from offices.models import Officer
from offices.services import load_offices

pytestmark = pytest.mark.django_db


def test_its_hours_make_slots_and_are_written_once():
    load_offices()
    make_staff()
    open_counters()
    supervisor = Officer.objects.get(email="supervisor@sample.dopa")
    assert Slot.objects.filter(office=supervisor.office).count() > 100
    remove_hours(Hours.objects.first(), officer=supervisor, reason="Closed on Monday mornings")
    open_counters()
    assert Hours.objects.filter(office=supervisor.office).count() == 9
