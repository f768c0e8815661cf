"""The whole portal of a site: web servers, workers, beat, and what is asked of it from inside."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from devstack.drill.bucket import Bucket
from devstack.drill.outcome import Loss, Outcome
from devstack.drill.release import Release
from devstack.drill.site import PEOPLE, Site
from devstack.drill.visitors import ByApp, ByBrowser, Card, Visitors
from devstack.drill.waiting import WITHIN, wait_until_it_answers
from devstack.embedded.child import Child
from devstack.embedded.ports import LOOPBACK, free_port
from devstack.embedded.postgres import Postgres
from devstack.embedded.programs import ONE_THREAD, beat, celery_worker, web

KEPT_AS = {"DOPA_KEYRING": "keyring.json", "DJANGO_SECRET_KEY": "secret-key"}
CARD = """
from pathlib import Path
from devstack.demo.measuring.faces import portraits
from devstack.demo.pictures import Pictures
from devstack.demo.specimens.people import make_people
person = make_people(1, seed=7)[0]
face = portraits().names(person.sex)[0]
photos = Pictures(portraits(), stranger=face, seed=7).card(person, face, "")
for side, photo in zip(("front", "back"), photos):
    (Path("{folder}") / f"{{side}}.jpg").write_bytes(photo)
"""
KEPT = """
import json
from core.encryption import CannotOpen
from core.reaping import reap
from core.storage import read_sealed, storages
from population.models import PopulationRecord
from registration.models import Evidence
fronts, gone = [], []
for one in Evidence.objects.filter(deleted_at=None):
    try:
        read_sealed(one.name)
    except (FileNotFoundError, CannotOpen):
        gone.append(one.name)
    else:
        if one.kind == "card_front":
            fronts.append(str(one.enrollment_id))
left = sum(reap(folder, sure=True) for folder in storages["evidence"].listdir("")[0])
opened = sum(bool(one.person.number) for one in PopulationRecord.objects.all())
print(json.dumps({{"fronts": fronts, "gone": gone, "left": left, "unopened": {people} - opened}}))
"""


@dataclass(frozen=True)
class Server:
    """A web server of its own machine: it shares nothing with others but what the environment says
    and the keys.
    """

    child: Child
    port: int

    @classmethod
    def begin(cls, site: Site, cluster: Postgres, name: str) -> "Server":
        folder, port = site.folder / name, free_port()
        (folder / "static").mkdir(parents=True)
        keys = {
            variable: (site.folder / file).read_text()
            for variable, file in KEPT_AS.items()
            if variable not in site.environment
        }
        own = keys | {"DOPA_VAR_DIR": str(folder)}
        command = web(LOOPBACK, port, workers=1)
        return cls(site.child(name, command, cluster, environment=ONE_THREAD | own), port)

    @property
    def address(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"


class Portal:
    """Two web servers, a worker for every queue, beat, and a bucket; people come all the time."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.bucket = Bucket(site.folder / "bucket")
        self.bucket.start(log=site.folder / "bucket.log")
        site.children.append(self.bucket.child)
        site.environment |= self.bucket.environment
        self.cluster = site.start(CARD.format(folder=site.folder))
        self.servers = [Server.begin(site, self.cluster, name) for name in ("one", "other")]
        worker = celery_worker("verification,default,imports", processes=1)
        self.others = [
            site.child("worker", worker, self.cluster, environment=ONE_THREAD),
            site.child("beat", beat(site.folder / "beat-schedule"), self.cluster),
        ]
        self.visitors = Visitors(
            [one.address for one in self.servers],
            Card.lying_in(site.folder),
            (ByApp, ByApp, ByBrowser),
        )
        self.visitors.read_since(1, within=WITHIN)

    def become(self, release: Release) -> None:
        """Process by process: one server answers while the other is started anew."""
        self.site.release = release
        for server in self.servers:
            server.child.become(release.command(server.child.command), release.folder)
            wait_until_it_answers(server.child, server.port)
        for child in self.others:
            child.become(release.command(child.command), release.folder)

    def outcome(self, back: float, *seen: str, faults: Sequence[str] = ()) -> Outcome:
        """Once nobody comes any more: what the database, the bucket and the log say."""
        self.visitors.read_since(len(self.visitors.read) + 1, within=WITHIN)
        self.visitors.stop()
        said = self.site.say(self.cluster, KEPT.format(people=PEOPLE)).splitlines()
        kept = json.loads(next(line for line in said if line.startswith('{"fronts"')))
        fronts = frozenset(kept["fronts"])
        return Outcome(
            Loss(self.visitors.told, kept=fronts, unopened=kept["unopened"]),
            back,
            self.site.auditor_sees(self.cluster),
            (*seen, str(self.visitors), f"{kept['left']} files without a row, which were reaped"),
            (*faults, *self.visitors.faults(), *(f"{name} does not open" for name in kept["gone"])),
        )
