"""How long a citizen waits for a card's reading while ten clients send cards without a pause.

python -m devstack.embedded exec --throwaway -- python -m devstack.storm.flood [12]

The whole portal as `make run` starts it, with the quotas as they are shipped. Each client has an
address and twenty enrollments; it sends both sides of a card for one after the other, again and
again, and does not care for Retry-After. Beside them so many citizens come one by one, each from
elsewhere and told to come again by Retry-After alone. Clients and portal share the machine's cores.
Linux only: any address of 127.0.0.0/8 is one's own there.
"""

import io
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle, product
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Self

import devstack.bench.ready  # noqa: F401 - before all that needs Django

# isort: split
import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from devstack.bench.__main__ import machine
from devstack.demo.client import PATIENCE_SECONDS, CitizenApp
from devstack.demo.over_http import OverHttp
from devstack.storm.campaign import people
from devstack.storm.target import Target

SEED, CLIENTS, ENROLLMENTS = 2566, 10, 20
FILLS_WITHIN, LOOKS_EVERY = 60.0, 0.05  # seconds
TAKEN = 202
Card = tuple[bytes, bytes]


class FromAddress(HTTPAdapter):
    def __init__(self, address: str, retries: Retry) -> None:
        self.address = address
        super().__init__(max_retries=retries)

    def init_poolmanager(self, *args: object, **options: object) -> None:
        super().init_poolmanager(*args, source_address=(self.address, 0), **options)


def app_at(address: str, url: str, *, comes_again: int) -> CitizenApp:
    """One enrollment from there; after 429 and 503 it comes again when it may, so often."""
    app = CitizenApp()
    app.client = OverHttp(url)
    retries = Retry(comes_again, allowed_methods=None)  # for any verb; Retry-After says when
    app.client.session.mount("http://", FromAddress(address, retries))
    return app


class Flood:
    """Runs within `with`, in a process of its own, so that who waits is measured beside it.
    `refused` is set once somebody of it was told to come later; after `with`, `answers` counts how
    its uploads were answered and `cpu_seconds` what it took of the machine for itself.
    """

    def __init__(
        self, url: str, card: Card, *, clients: int = CLIENTS, enrollments: int = ENROLLMENTS
    ) -> None:
        apart = multiprocessing.get_context("spawn")
        self.clients, self.enrollments = clients, enrollments
        self.answers: Counter[int] = Counter()
        self.cpu_seconds = 0.0
        self.refused, self._over, self._told = apart.Event(), apart.Event(), apart.Queue()
        senders = [
            Sender(f"127.0.3.{number + 1}", url, card, enrollments, self.refused, self._over)
            for number in range(clients)
        ]
        self._process = apart.Process(target=_flood, args=(senders, self._told))

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        self.answers, self.cpu_seconds = self._told.get(timeout=PATIENCE_SECONDS)
        self._process.join()


@dataclass
class Sender:
    """One client of the flood."""

    address: str
    url: str
    card: Card
    enrollments: int
    refused: Event
    over: Event

    def begin(self) -> list[CitizenApp]:
        apps = [app_at(self.address, self.url, comes_again=0) for _ in range(self.enrollments)]
        for app in apps:
            app.start()
        return apps

    def send(self, apps: list[CitizenApp]) -> Counter[int]:
        """Until it is over; how each was answered, 0 for not at all."""
        answers: Counter[int] = Counter()
        sides = dict(zip(("front", "back"), self.card, strict=True))
        for app, side in cycle(product(apps, sides)):
            if self.over.is_set():
                break
            status, sent = 0, {"picture": io.BytesIO(sides[side])}
            with suppress(requests.RequestException):
                path = f"/api/v1/enrollment/card/{side}/"
                status = app.client.put(path, sent, format="multipart").status_code
            answers[status] += 1
            if status in {429, 503}:
                self.refused.set()
        return answers


def _flood(senders: list[Sender], told: "Queue[tuple[Counter[int], float]]") -> None:
    begun = [sender.begin() for sender in senders]
    began = time.process_time()
    with ThreadPoolExecutor(len(senders)) as threads:
        answers = list(threads.map(Sender.send, senders, begun))
    told.put((sum(answers, Counter()), time.process_time() - began))


def seconds_to_read(app: CitizenApp, card: Card) -> float:
    """From sending the card's front until the reading is there."""
    app.start()
    began = time.monotonic()
    app.photograph_card(*card)
    while app.state["step"] == "reading" and time.monotonic() < began + PATIENCE_SECONDS:
        time.sleep(LOOKS_EVERY)
        app.refresh()
    if app.state["step"] != "confirm":
        raise RuntimeError(f"not read: {app.state['step']} {app.state['problem']}")
    return time.monotonic() - began


def read_one_by_one(url: str, network: str, cards: Iterable[Card]) -> list[float]:
    apps = (app_at(f"{network}.{place}", url, comes_again=20) for place in range(1, 250))
    return [seconds_to_read(app, card) for app, card in zip(apps, cards, strict=False)]


def told(idle: list[float], flooded: list[float], flood: Flood, seconds: float) -> str:
    head = "| a citizen's card, from sending its front until it is read | times | s, median |"
    rows = [
        f"| {name} | {len(took)} | {statistics.median(took):.2f} | {max(took):.2f} |"
        for name, took in (("nobody else", idle), (f"{flood.clients} flood", flooded))
    ]
    ratio = statistics.median(flooded) / statistics.median(idle)
    counts, sent = flood.answers, sum(flood.answers.values())
    others = sent - counts[TAKEN] - counts[429] - counts[503]
    how = (
        f"Ratio of the medians: {ratio:.1f}. In {seconds:.0f} s the flood, {flood.enrollments} "
        f"enrollments at each of {flood.clients} addresses, sent {sent:,} pictures: "
        f"{counts[TAKEN]:,} were taken, {counts[429]:,} answered by 429, {counts[503]:,} by 503, "
        f"{others} otherwise or not at all; sending took {flood.cpu_seconds:.0f} s of the "
        f"processor. {machine()}."
    )
    return "\n".join([f"{head} longest |", "|---|--:|--:|--:|", *rows, "", how])


def main(citizens: int) -> None:
    cards = [next(somebody.cards()) for somebody in people(SEED)[: citizens + 1]]
    with tempfile.TemporaryDirectory(prefix="dopa-flood-", ignore_cleanup_errors=True) as folder:
        target = Target(Path(folder), settings="devstack.settings.flooded")
        try:
            target.start()
            read_one_by_one(target.url, "127.0.4", cards)  # the models are loaded
            idle = read_one_by_one(target.url, "127.0.1", cards[1:])
            with Flood(target.url, cards[0]) as flood:
                began = time.monotonic()
                flood.refused.wait(FILLS_WITHIN)
                flooded = read_one_by_one(target.url, "127.0.2", cards[1:])
            print(told(idle, flooded, flood, time.monotonic() - began))
        finally:
            target.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12)
