"""Processor time that a web process spends on a request, page by page; beside another commit's.

python -m devstack.bench.web_cpu [60] [--against REF] [--only EXPRESSION]

User and system time of the web process itself, by the kernel's count: the server's loop, its
threads and every middleware are in it, the client, PostgreSQL and Redis are not. Each page is asked
for so many times by one browser after the other, and so many times by eight at once. With
`--against` the portal of another commit runs beside it, on services of its own, and the two take
turns in the same minute. The settings are those of production (devstack/settings/served.py).
"""

import argparse
import contextlib
import http.client
import io
import json
import os
import re
import statistics
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import local
from uuid import uuid4

import numpy as np
from PIL import Image

from devstack.bench.processor import processor_seconds

ROOT = Path(__file__).resolve().parent.parent.parent
TURNS, AT_ONCE, WARM = 4, (1, 8), 8
NOT_TRACKED = (".venv", "models", "static/vendor")  # made by `make setup`, the same for both
OURS = (
    "devstack/settings/served.py",
    "devstack/bench/web_cpu_portal.py",
    "devstack/bench/dashboards.py",
)
TOKEN = "a" * 32
VISITORS = count(1)
Request = tuple[str, str, str, bytes, str]  # method, path, session, body, its kind


@dataclass
class Portal:
    """One that is served; `spent` milliseconds of CPU a request, by page and how many at once."""

    name: str
    told: dict
    pictures: Path
    spent: dict[tuple[str, int], list[float]] = field(default_factory=dict)
    here: local = field(default_factory=local)

    def ask(self, request: Request) -> None:
        method, path, session, body, kind = request
        number = next(VISITORS)
        headers = {
            "Host": "localhost", "Origin": "https://localhost", "X-Forwarded-Proto": "https",
            "X-Forwarded-For": f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}",
            "Accept-Encoding": "gzip", "Accept": "text/html", "Accept-Language": "th",
            "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "document", "Content-Type": kind,
            "Cookie": f"__Host-csrf={TOKEN}" + (f"; __Host-session={session}" if session else ""),
        }  # fmt: skip
        if not hasattr(self.here, "connection"):
            self.here.connection = http.client.HTTPConnection("127.0.0.1", self.told["port"])
        self.here.connection.request(method, path, body or None, headers)
        answer = self.here.connection.getresponse()
        answer.read()
        if answer.status != (302 if method == "POST" else 200):
            raise RuntimeError(f"{self.name}: {method} {path}: {answer.status}")
        if method == "POST" and answer.headers["Location"].endswith(path):
            raise RuntimeError(f"{self.name}: {path} was not taken")


def form(fields: dict[str, str], files: list[tuple[str, bytes]]) -> tuple[bytes, str]:
    """A form with pictures as a browser sends it, and its kind."""
    edge, out = uuid4().hex, io.BytesIO()
    for name, value in fields.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        out.write(f"{head}{value}\r\n".encode())
    for name, picture in files:
        disposition = f'form-data; name="{name}"; filename="photo.jpg"'
        head = f"--{edge}\r\nContent-Disposition: {disposition}\r\nContent-Type: image/jpeg\r\n\r\n"
        out.write(head.encode() + picture + b"\r\n")
    out.write(f"--{edge}--\r\n".encode())
    return out.getvalue(), f"multipart/form-data; boundary={edge}"


def front(picture: str) -> Callable[[Portal], Request]:
    def request(portal: Portal) -> Request:
        sent = [("picture", (portal.pictures / picture).read_bytes())]
        body, kind = form({"csrfmiddlewaretoken": TOKEN}, sent)
        return "POST", "/register/card/front/", portal.told["fronts"].pop(), body, kind

    return request


def selfie(portal: Portal) -> Request:
    session, challenge, names = portal.told["selfies"].pop()
    fields = {"csrfmiddlewaretoken": TOKEN, "challenge": challenge, "camera": "Back camera"}
    fields["frame_times"] = json.dumps([150 * place + place % 2 for place in range(len(names))])
    sent = [("selfie", "selfie.jpg"), *(("frames", name) for name in names)]
    body, kind = form(fields, [(name, (portal.pictures / one).read_bytes()) for name, one in sent])
    return "POST", "/register/selfie/", session, body, kind


def page(path: str, who: str = "") -> Callable[[Portal], Request]:
    def request(portal: Portal) -> Request:
        told = portal.told
        return "GET", path.format(case=told["case"]), told[who] if who else "", b"", "text/plain"

    return request


PAGES: dict[str, Callable[[Portal], Request]] = {
    "the start page": page("/"),
    "terms": page("/register/terms/", "newcomer"),
    "status, asked by a page that waits": page("/register/status/", "waiting"),
    "the card's front, by the page's camera": front("camera.jpg"),
    "the card's front, 12 megapixels of a phone": front("phone.jpg"),
    "a selfie with its frames": selfie,
    "an officer's queue": page("/staff/queue/", "officer"),
    "what has changed in it": page("/staff/queue/changes/", "officer"),
    "a case": page("/staff/cases/{case}/", "officer"),
    "the dashboard": page("/staff/dashboard/?period=30", "administrator"),
    "its funnel": page("/staff/dashboard/funnel/?period=30", "administrator"),
    "its map": page("/staff/dashboard/where/?period=30", "administrator"),
    "its officers' work": page("/staff/dashboard/work/?period=30", "administrator"),
    "the log": page("/staff/audit/", "administrator"),
}


def make_pictures(folder: Path) -> None:
    """Grain and shapes as a phone's photos have them, at the sizes that are sent."""
    draw = np.random.default_rng(20)
    sizes = {"phone": (4032, 3024, 85), "camera": (2560, 1612, 92), "selfie": (1200, 1600, 92)}
    sizes |= {f"frame{place}": (480, 640, 85) for place in range(20)}
    for name, (width, height, quality) in sizes.items():
        rough = Image.fromarray(draw.integers(0, 255, (height // 90, width // 90, 3), np.uint8))
        smooth = np.asarray(rough.resize((width, height), Image.Resampling.BICUBIC), np.float32)
        grain = draw.normal(0, 2.5, (height, width, 1))
        picture = Image.fromarray((smooth + grain).clip(0, 255).astype(np.uint8))
        picture.save(folder / f"{name}.jpg", quality=quality)


@contextlib.contextmanager
def serving(tree: Path, pictures: Path, uploads: int) -> Iterator[subprocess.Popen[str]]:
    """The portal that stands in this folder; it says when it is there."""
    command = [
        *[sys.executable, "-m", "devstack.embedded", "exec", "--throwaway", "--"],
        *[sys.executable, "-m", "devstack.bench.web_cpu_portal", str(pictures), str(uploads)],
    ]
    without = ("DATABASE_URL", "DATABASE_SERVING_URL", "REDIS_URL", "DOPA_VAR_DIR", "PYTHONPATH")
    environment = {key: value for key, value in os.environ.items() if key not in without}
    environment |= {"DJANGO_SETTINGS_MODULE": "devstack.settings.served", "PYTHONPATH": str(tree)}
    served = subprocess.Popen(
        command, cwd=tree, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        yield served
    finally:
        if served.stdin:
            served.stdin.close()
        served.wait()


def told_by(served: subprocess.Popen[str]) -> dict:
    for line in served.stdout or ():
        if line.startswith("{"):
            return json.loads(line)
    raise SystemExit("A portal did not start.")


@contextlib.contextmanager
def checkout(ref: str) -> Iterator[Path]:
    """Another commit's files, with what is not tracked and what measures it from here."""
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(["git", "archive", ref], cwd=ROOT, check=True, capture_output=True)
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(folder, filter="data")
        for name in NOT_TRACKED:
            (Path(folder) / name).symlink_to((ROOT / name).resolve())
        for name in OURS:
            (Path(folder) / name).write_bytes((ROOT / name).read_bytes())
        Path(folder).chmod(0o711)  # as the account of the services needs it
        yield Path(folder)


def measure(portals: list[Portal], name: str, requests: int) -> None:
    """In turns: what the machine does besides meets all alike."""
    for at_once in AT_ONCE:
        for turn in range(TURNS + 1):
            many = WARM if turn == 0 else requests // TURNS
            for portal in portals:
                asked = [PAGES[name](portal) for _ in range(many)]
                before = processor_seconds(portal.told["process"])
                if at_once == 1:
                    for one in asked:
                        portal.ask(one)
                else:
                    with ThreadPoolExecutor(at_once) as pool:
                        list(pool.map(portal.ask, asked))
                spent = 1000 * (processor_seconds(portal.told["process"]) - before) / many
                if turn:
                    portal.spent.setdefault((name, at_once), []).append(spent)


def row(portals: list[Portal], name: str) -> str:
    cells = [
        f"{statistics.mean(portal.spent[name, at_once]):.1f}"
        for at_once in AT_ONCE
        for portal in portals
    ]
    return f"| {name} | {' | '.join(cells)} |"


def main(requests: int, against: str, only: str) -> None:
    names = [name for name in PAGES if re.search(only, name)]
    uploads = len(AT_ONCE) * (requests + WARM)
    with contextlib.ExitStack() as stack:
        pictures = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        make_pictures(pictures)
        trees = [("now", ROOT)]
        if against:
            trees.insert(0, (against, stack.enter_context(checkout(against))))
        starting = [
            (name, stack.enter_context(serving(tree, pictures, uploads))) for name, tree in trees
        ]
        portals = [Portal(name, told_by(served), pictures) for name, served in starting]
        heads = [f"{portal.name}, {at} at once" for at in AT_ONCE for portal in portals]
        print(f"| web CPU of a request, ms | {' | '.join(heads)} |")
        print(f"|---|{'--:|' * len(heads)}")
        for name in names:
            measure(portals, name, requests)
            print(row(portals, name), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("requests", nargs="?", type=int, default=60)
    parser.add_argument("--against", default="")
    parser.add_argument("--only", default="")
    chosen = parser.parse_args()
    main(chosen.requests, chosen.against, chosen.only)
