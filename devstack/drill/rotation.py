"""Each purpose of the ring but `lookup` gets a new key."""

import json
import secrets
import time

from devstack.drill.outcome import Outcome
from devstack.drill.site import Site

ROTATED = ("data", "faces", "audit", "issuer")
NOTE = "from audit.config_drift import note_changes; print(note_changes())"


def drill(site: Site) -> Outcome:
    cluster = site.start()
    site.do(cluster, NOTE)
    writer = site.people_register(cluster, seconds=2)
    began = time.monotonic()
    writer.stop()
    ring = site.folder / "keyring.json"
    ring.write_text(json.dumps(rotated(json.loads(ring.read_text()))))
    noted = site.do(cluster, NOTE)
    site.answers_again(cluster)
    back = time.monotonic() - began
    lost = site.lost(cluster, writer)
    site.people_register(cluster, seconds=2).stop()  # heads under the new key, too
    auditor = f"{noted} entries key.rotated\n{site.auditor_sees(cluster)}"
    return Outcome(lost, back, auditor)


def rotated(ring: dict) -> dict:
    """The same ring with a new key for each purpose; the old ones still open what they sealed."""
    for purpose in ROTATED:
        ring[purpose]["keys"]["k2"] = secrets.token_hex(32)
        ring[purpose]["current"] = "k2"
    return ring
