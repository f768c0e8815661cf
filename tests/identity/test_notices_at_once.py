"""Two requests that tell the same at the same moment."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

from identity.models import HolderNotice, NoticeKind
from identity.notifications import notify_holder
from tests.identity.factories import DigitalIDFactory


def test_six_requests_at_once_tell_of_one_service_once(own_database):
    digital_id, service, start = DigitalIDFactory(), uuid.uuid4(), Barrier(6)

    def tell(_which: int) -> bool:
        try:
            start.wait()
            return notify_holder(digital_id, NoticeKind.FIRST_SHOWING, once=service) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        told = list(pool.map(tell, range(6)))
    assert [sum(told), HolderNotice.objects.count()] == [1, 1]
