"""What Schemathesis loads: who the requests come from, and how they were answered.

FUZZ_BEARERS holds tokens of enrollments that have come further than their beginning, FUZZ_SESSION
an officer's session, FUZZ_STATUSES names the file for the number of answers by status; all are set
by devstack.fuzz.sending.
"""

import atexit
import json
import os
import random
from collections import Counter
from pathlib import Path
from typing import Any

import requests
import schemathesis

ANOTHER_AFTER = 3  # seconds; somebody withdraws again and again
ENROLLMENT, STAFF = "/api/v1/enrollment/", ("/api/v1/statistics/", "/api/v1/audit/")
BEARERS = json.loads(os.environ["FUZZ_BEARERS"])
statuses: Counter[int] = Counter()


def begun(url: str) -> str:
    """The token of somebody who has just accepted the terms."""
    started = requests.post(
        f"{url}/api/v1/enrollments/", json={"language": "th"}, timeout=20
    ).json()
    token = f"Bearer {started['token']}"
    version = requests.get(f"{url}/api/v1/terms/", timeout=20).json()["version"]
    requests.post(
        f"{url}/api/v1/terms/", json={"version": version}, timeout=20,
        headers={"Authorization": token},
    )  # fmt: skip
    return token


@schemathesis.auth(refresh_interval=ANOTHER_AFTER)
class Citizen:
    def get(self, case: schemathesis.Case, context: Any) -> str:
        url = case.operation.base_url.split("/api/")[0]
        return random.choice([*BEARERS, begun(url)])  # noqa: S311 - not a secret's

    def set(self, case: schemathesis.Case, token: str, context: Any) -> None:
        if case.path.startswith(STAFF):
            case.cookies = {**(case.cookies or {}), "sessionid": os.environ["FUZZ_SESSION"]}
        elif case.method != "DELETE":  # those who have come further stay
            case.headers = {**(case.headers or {}), "Authorization": token}


@schemathesis.hook
def after_call(context: Any, case: schemathesis.Case, response: Any) -> None:
    statuses[response.status_code] += 1


@atexit.register
def tell() -> None:
    Path(os.environ["FUZZ_STATUSES"]).write_text(json.dumps(statuses))
