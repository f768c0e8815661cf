"""How many shown codes a second the portal judges, signature, first use and audit entry included.

    python -m devstack.embedded exec --throwaway -- python -m devstack.bench.checks [codes]

Two processes, as two cores would have; codes are signed before the clock starts.
"""

import json
import secrets
import statistics
import sys
import time
import uuid
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import devstack.bench.ready  # noqa: F401 - before all that needs Django

# isort: split
from django.core.management import call_command
from django.db import connections
from joserfc import jws
from joserfc.jwk import ECKey

from identity.models import Device, DigitalID
from identity.person import Person
from identity.presentation import Verdict, check_presentation

PROCESSES = 2
HOLDERS = 200
WANTED = 500  # a second


def a_device() -> tuple[str, ECKey]:
    key = ECKey.generate_key("P-256")
    digital_id = DigitalID(
        number_key=uuid.uuid4(), assurance="IAL2.2", channel="self", office_code="1206"
    )
    digital_id.holder = Person(number="0" * 13, birth_date="1981-02-12")
    digital_id.save(force_insert=True)
    device = Device.objects.create(
        number_key=digital_id.number_key,
        digital_id=digital_id,
        public_key={name: key.as_dict(private=False)[name] for name in ("kty", "crv", "x", "y")},
        name="bench",
    )
    return str(device.pk), key


def code(device: str, key: ECKey) -> str:
    now = int(time.time())
    said = {"aud": "check", "purpose": "all", "iat": now, "exp": now + 30}
    header = {"alg": "ES256", "typ": "dopa-show+jwt", "kid": device}
    claims = json.dumps(said | {"jti": secrets.token_urlsafe(12)}).encode()
    return jws.serialize_compact(header, claims, key, algorithms=["ES256"])


def judge(codes: list[str]) -> list[float]:
    """Seconds of each check; raises where one is not valid."""
    taken = []
    for one in codes:
        started = time.perf_counter()
        result = check_presentation(one)
        taken.append(time.perf_counter() - started)
        if result.verdict != Verdict.VALID:
            raise RuntimeError(f"a good code was judged {result.verdict}")
    return taken


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 3000
    call_command("migrate", verbosity=0)
    holders = [a_device() for _ in range(HOLDERS)]
    codes = [code(*holders[number % HOLDERS]) for number in range(wanted)]
    connections.close_all()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("fork")) as pool:
        list(pool.map(judge, [[], []]))
        started = time.perf_counter()
        parts = pool.map(judge, [codes[number::PROCESSES] for number in range(PROCESSES)])
        taken = [seconds for part in parts for seconds in part]
        rate = wanted / (time.perf_counter() - started)
    slow = statistics.quantiles(taken, n=100)[94]
    print(
        f"{wanted} codes, {PROCESSES} processes: **{rate:,.0f} checks a second** "
        f"(aimed at: {WANTED}), median {statistics.median(taken) * 1000:.1f} ms, "
        f"95 of 100 below {slow * 1000:.1f} ms."
    )


if __name__ == "__main__":
    main()
