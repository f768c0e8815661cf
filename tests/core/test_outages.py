"""What the portal stands on is gone: 503 with Retry-After, everywhere, and never 500."""

import errno
import json
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator

import pytest
from botocore.config import Config
from botocore.exceptions import EndpointConnectionError
from django.conf import settings as portal_settings
from django.core.handlers.exception import convert_exception_to_response
from django.db import InterfaceError, InternalError, OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import TimeoutError as RedisTimeout

from audit.middleware import RequestContextMiddleware
from core import hint_cache, storage
from core.hint_cache import redis_answers
from core.outages import RETRY_AFTER_SECONDS, StoreFails, is_outage
from core.outbox.services import send
from core.rate_limit import allowed
from core.resting import Rest
from core.storage import delete_sealed, read_sealed, save_sealed
from identity.models import DigitalID
from tests.identity.tokens import make_token

FAMILY = (OperationalError, InterfaceError, InternalError, RedisTimeout, BrokerError, StoreFails)
BOTH = ("ระบบไม่พร้อมให้บริการชั่วคราว", "cannot do this just now")
REFUSED = (503, str(RETRY_AFTER_SECONDS), True)


def told(answer) -> tuple[int, str, bool]:
    """Its status, when to come again, and whether it says so in both languages or as a problem."""
    problem = "json" in answer.headers["Content-Type"]
    said = json.loads(answer.content)["type"] == "urn:dopa:problem:unavailable" if problem else None
    return (
        answer.status_code,
        answer.headers.get("Retry-After", ""),
        said if problem else all(sentence in answer.text for sentence in BOTH),
    )


@pytest.mark.parametrize("fault", FAMILY)
@pytest.mark.parametrize("path", ["/", "/api/v1/terms/"])
def test_each_of_the_family_is_503(fault, path):
    def falls(_request):
        raise fault("gone")

    answer = convert_exception_to_response(falls)(RequestFactory().get(path))
    assert told(answer) == REFUSED


@pytest.mark.parametrize("fault", [ValueError, KeyError, FileNotFoundError, PermissionError])
def test_a_fault_of_ours_is_no_outage(fault):
    def falls(_request):
        raise fault("ours")

    answer = convert_exception_to_response(falls)(RequestFactory().get("/"))
    assert [answer.status_code, is_outage(fault())] == [500, False]


def test_a_full_disk_is_an_outage_and_a_missing_file_is_none():
    assert is_outage(OSError(errno.ENOSPC, "No space left on device"))
    assert not is_outage(FileNotFoundError(errno.ENOENT, "No such file"))


@pytest.mark.django_db
def test_what_waiting_does_not_mend_is_no_outage():
    with pytest.raises(OperationalError) as told, connection.cursor() as cursor:
        cursor.execute("SELECT repeat('much', 1000000000)")
    assert not is_outage(told.value)


def test_no_page_waits_long_for_a_statement_or_a_machine_that_is_gone():
    script = (
        "import dopa_portal.wsgi\nfrom django.db import connection as one\n"
        "one.ensure_connection()\nprint(one.connection.info.get_parameters())\n"
        "print(one.cursor().execute('SHOW statement_timeout').fetchone())"
    )
    said = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60
    )
    assert "'tcp_user_timeout': '15000'" in said.stdout
    assert said.stdout.endswith("('30s',)\n")


@pytest.fixture
def no_database(transactional_db) -> Iterator[None]:
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = "a-database-that-is-not"
    yield
    connection.close()
    connection.settings_dict["NAME"] = name


@pytest.mark.usefixtures("no_database")
def test_without_the_database_pages_and_api_say_so():
    client = Client(raise_request_exception=False)
    client.cookies[portal_settings.SESSION_COOKIE_NAME] = "x" * 32
    asked = [
        client.get("/"),
        client.get("/staff/queue/"),
        client.post("/resume/", {"reference": "ABCD-EFGH", "number": "1101700230708"}),
        client.post(reverse("api:start"), {"language": "th"}, "application/json"),
    ]
    assert [told(answer) for answer in asked] == [REFUSED] * 4


@pytest.fixture
def no_store(settings) -> None:
    settings.STORAGES = settings.STORAGES | {
        "evidence": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": "/dev/null/there", "base_url": None},
        }
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("no_store")
@pytest.mark.parametrize(
    "act", [read_sealed, delete_sealed, lambda name: save_sealed(name, b"a picture")]
)
def test_a_store_that_refuses_everything_is_an_outage(act):
    with pytest.raises(StoreFails):
        act("a/b")


@pytest.mark.usefixtures("device", "no_store")
def test_the_api_says_so_with_a_time_to_come_again(device, key):
    DigitalID.objects.update(portrait="a/b")
    client = Client(raise_request_exception=False)
    said = {"token": make_token(device, key)}
    answer = client.post(reverse("identity_api:check"), said, "application/json")
    assert told(answer) == REFUSED


@pytest.mark.usefixtures("device", "no_store")
def test_what_an_outage_refused_counts_against_nobody(device, key, settings):
    """Of the API here, of the pages below: after it they may ask as often as before."""
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"check": (2, 3600)}
    DigitalID.objects.update(portrait="a/b")
    client, address = Client(raise_request_exception=False), reverse("identity_api:check")
    during = [
        client.post(address, {"token": make_token(device, key)}, "application/json")
        for _ in range(3)
    ]
    after = [client.post(address, {"token": "x"}, "application/json") for _ in range(3)]
    assert [answer.status_code for answer in during] == [503] * 3
    assert [answer.status_code == 429 for answer in after] == [False, False, True]


def test_what_services_count_is_uncounted_as_well(settings):
    """Bytes of pictures, for example: by as much as they were counted."""
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"bytes": (100, 3600)}
    who = uuid.uuid4().hex

    def falls(_request):
        assert allowed("bytes", who, amount=90)
        raise StoreFails

    request = RequestFactory().get("/")
    for _ in range(3):
        answer = RequestContextMiddleware(convert_exception_to_response(falls))(request)
        assert answer.status_code == 503
    assert [allowed("bytes", who, amount=90), allowed("bytes", who, amount=90)] == [True, False]


@pytest.mark.usefixtures("no_database")
def test_what_an_outage_refused_counts_against_nobody_on_pages(settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"resume": (2, 3600)}
    client = Client(raise_request_exception=False)
    said = {"reference": "ABCD-EFGH", "number": "1101700230708"}
    answers = [client.post("/resume/", said) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503] * 3


def test_one_file_that_is_not_there_is_none():
    with pytest.raises(FileNotFoundError):
        read_sealed("no/such/file")


def bucket_at(port: int, settings, **patience: float) -> dict:
    client_config = portal_settings.STORE_CONFIG.merge(Config(**patience))
    options = {
        "bucket_name": "none",
        "endpoint_url": f"http://127.0.0.1:{port}",
        "access_key": "x",
        "secret_key": "x",
        "region_name": "us-east-1",
        "client_config": client_config,
    }
    evidence = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    return settings.STORAGES | {"evidence": evidence}


def test_a_bucket_that_is_gone_is_an_outage(settings):
    settings.STORAGES = bucket_at(1, settings)
    with pytest.raises(StoreFails) as fault:
        read_sealed("a/b")
    assert isinstance(fault.value.__cause__, EndpointConnectionError)


def test_after_one_waited_for_a_bucket_that_hangs_nobody_does_for_a_moment(settings, monkeypatch):
    monkeypatch.setattr(storage, "rest", Rest(1))
    with socket.create_server(("127.0.0.1", 0)) as mute:
        settings.STORAGES = bucket_at(mute.getsockname()[1], settings, read_timeout=0.5)
        took = [seconds_to_fail() for _ in range(20)]
        assert [took[0] > 0.4, max(took[1:]) < 0.1] == [True, True]
        time.sleep(1)
        assert seconds_to_fail() > 0.4


def seconds_to_fail() -> float:
    began = time.monotonic()
    with pytest.raises(StoreFails):
        read_sealed("a/b")
    return time.monotonic() - began


@pytest.fixture
def redis_that_hangs(settings) -> Iterator[None]:
    """Something that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        address = f"redis://127.0.0.1:{mute.getsockname()[1]}/0"
        settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": address}}
        settings.CELERY_BROKER_URL = address
        yield
    hint_cache.rests.clear()


@pytest.mark.django_db
@pytest.mark.usefixtures("redis_that_hangs")
def test_a_redis_that_hangs_costs_one_short_wait():
    began = time.monotonic()
    first = Client().post("/resume/", {"reference": "ABCD-EFGH", "number": "1101700230708"})
    took = time.monotonic() - began
    assert [first.status_code, took < 3] == [422, True]
    asked = time.monotonic()
    assert [redis_answers(), send(1), time.monotonic() - asked < 0.2] == [False, None, True]
