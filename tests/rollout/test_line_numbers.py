"""Anybody may ask where any number stands, also one that there cannot be."""

import pytest

from tests.rollout.lines import stands_at


@pytest.mark.usefixtures("line")
@pytest.mark.parametrize("digits", [19, 20, 400, 4000])
def test_a_number_that_no_ticket_has_is_no_fault_of_ours(client, digits):
    stands_at(0, per_minute=60)
    client.raise_request_exception = False
    answer = client.get(f"/api/v1/line/{'9' * digits}/")
    assert answer.status_code == 404
