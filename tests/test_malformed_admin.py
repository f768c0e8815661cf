"""What no page of ours sends to the administration site is never an error of ours."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import product

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.guarded import run_done, taken_over
from tests.levers import administrators_client
from tests.test_malformed import BODIES

pytestmark = pytest.mark.django_db
NOBODY = "00000000-0000-0000-0000-000000000000"
STEPS = ("continue", "agree", "leave_changes", "other")
READS_NONE = ("/delete/", "/history/", "/change/")
SENT = [
    "q=a%00b", "q=" + "x" * 5000, "o=99.-99.x", "p=-1", "p=99999999999999999999", "all=x",
    "state__exact=%F0%9F", "no_such__field=1", "pk__in=x", "started_at__gte=never", "e=1",
    "_changelist_filters=%00", "_popup=1&_to_field=no", "app_label=x&model_name=y&field_name=z",
    "office=%F0%9F", "province=99",
]  # fmt: skip


@pytest.fixture
def client() -> Client:
    client = administrators_client()
    client.raise_request_exception = False
    return client


@pytest.fixture
def addresses() -> list[str]:
    """Every address of the site but the way out: of what is there, and of what is not."""
    found = set(_addresses([taken_over().pk, run_done().pk])) - {reverse("admin:logout")}
    return sorted(found)


def _addresses(there: list[object]) -> Iterator[str]:
    _prefix, site = get_resolver().namespace_dict["admin"]
    known = site.reverse_dict
    for name in filter(lambda one: isinstance(one, str), known):
        for forms, _pattern, _defaults, _converters in known.getlist(name):
            for key, step in product((NOBODY, "กA_0", "national", *there), STEPS):
                given = {one: step if one == "step" else key for one in forms[0][1]}
                with suppress(NoReverseMatch):  # where it has to be a UUID
                    yield reverse(f"admin:{name}", kwargs=given)


def test_no_body_breaks_the_administration_site(client, addresses):
    got = {
        (at, body): send(client, "post", at).status_code
        for at in addresses
        for body, send in BODIES.items()
    }
    assert [len(addresses) > 60, is_in(client)] == [True, True]
    assert {at: status for at, status in got.items() if status >= 500} == {}


def is_in(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200


def test_no_parameter_breaks_the_administration_site(client, addresses):
    reads = [at for at in addresses if NOBODY not in at and not at.endswith(READS_NONE)]
    got = {f"{at}?{sent}": client.get(f"{at}?{sent}").status_code for at in reads for sent in SENT}
    assert len(reads) > 20
    assert {at: status for at, status in got.items() if status >= 500} == {}
    assert is_in(client)
