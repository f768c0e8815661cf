"""An office that gives appointments: each day from 9 to 12, half an hour, two counters."""

import pytest

from offices.models import Office, Officer
from tests.appointments.hours import MORNING, open_office
from tests.factories import OfficeFactory, OfficerFactory
from tests.registration.conftest import signed_in  # noqa: F401 - a fixture


@pytest.fixture
def office(db) -> Office:
    return OfficeFactory()


@pytest.fixture
def supervisor(office) -> Officer:
    return OfficerFactory(supervisor=True, office=office)


@pytest.fixture
def officer(office) -> Officer:
    return OfficerFactory(office=office)


@pytest.fixture
def opened(office, supervisor) -> Office:
    open_office(supervisor, **MORNING)
    return office
