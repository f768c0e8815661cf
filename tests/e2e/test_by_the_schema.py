"""Requests that Schemathesis makes up out of the API's schema; `make fuzz` sends fifty thousand."""

import pytest

from devstack.fuzz.__main__ import SESSION
from devstack.fuzz.sending import send

EXAMPLES = 3  # of each call


@pytest.mark.browser
def test_no_made_up_request_is_a_fault_or_answered_as_nobody_says(portal):
    session = portal.manage("shell", "--verbosity=0", "--command", SESSION).strip()
    answers = send(portal.url, examples=EXAMPLES, seed=2569, session=session, edges=False)
    assert answers.failed == [], answers.said
    assert answers.faults() == 0
    assert {200, 201, 400, 401} <= set(answers.statuses)
