"""What goes with the sign-ups of the last months: steps, retakes, devices, reviews and scores."""

import datetime
from collections.abc import Iterator
from math import log2

import numpy as np

from dashboards.counting.facts import BINS, SCORE_BINS
from devstack.demo.history import Cell, History

DETAIL_DAYS, OFFICE_DAYS = 120, 45
# For one that signs up: how many reach the step, and the median seconds it takes.
STEPS = {
    "start": (1.62, 0),
    "accept_terms": (1.45, 34),
    "capture_card": (1.34, 96),
    "confirm_data": (1.25, 41),
    "submit_selfie": (1.18, 52),
    "pass_checks": (1.09, 4),
    "set_password": (1.04, 38),
    "activate": (1.0, 21),
}
RETAKES = {
    "face_unclear": 0.05,
    "face_quality": 0.07,
    "several_faces": 0.01,
    "not_live": 0.02,
    "challenge": 0.04,
    "card_unclear": 0.03,
    "portrait_unclear": 0.02,
}
DEVICES = {
    "android-chrome": 0.44,
    "android-samsung": 0.10,
    "android-line": 0.07,
    "iphone-safari": 0.24,
    "iphone-line": 0.04,
    "iphone-facebook": 0.02,
    "tablet-safari": 0.02,
    "computer-chrome": 0.05,
    "computer-edge": 0.02,
}
ENDINGS = {
    "checking>pass_checks": 1.02,
    "checking>send_to_review": 0.10,
    "checking>ask_retake": 0.22,
    "in_review>approve": 0.075,
    "in_review>reject": 0.015,
    "data_confirmed>submit_selfie": 1.18,
}
REVIEW = {
    "send_to_review": 0.10,
    "approve": 0.075,
    "reject": 0.015,
    "ask_retake": 0.01,
    "take_back": 0.002,
}
DECISION_MEDIAN = 5_400
SCORES = {"face_match": (0.71, 0.09), "liveness": (0.93, 0.05)}
SCORES_DRAWN = 300


def work(history: History) -> Iterator[Cell]:
    """The figures of the last DETAIL_DAYS days."""
    today = history.until.date()
    for day, count in history.days():
        random, age = history.random(day, of="work"), (today - day).days
        if 0 <= age < DETAIL_DAYS and count:
            yield from _country(random, day, count)
            yield from _scores(random, day, age)
            yield from _reviews(history, random, day, count, with_offices=age < OFFICE_DAYS)


def _country(random: np.random.Generator, day: datetime.date, count: int) -> Iterator[Cell]:
    for move, (share, seconds) in STEPS.items():
        reached = round(count * share)
        yield "reached", "", day, "verified" if move == "pass_checks" else move, reached
        if seconds:
            for number, part in _bins(random, seconds, reached, spread=0.8):
                yield "steps", "", day, f"{move}:{number}", part
    yield "reached", "", day, "ask_retake", round(count * 0.19)
    yield from _shares("arrivals", day, round(count * 2.3), DEVICES)
    yield from _shares("retakes", day, count, RETAKES)
    yield from _shares("devices", day, round(count * STEPS["start"][0]), DEVICES)
    yield from _shares("moves", day, count, ENDINGS)
    for number, part in _bins(random, 2.4, count, spread=0.35):
        yield "checks", "", day, f"time:{number}", part


def _shares(
    figure: str, day: datetime.date, count: int, shares: dict[str, float]
) -> Iterator[Cell]:
    for label, share in shares.items():
        yield figure, "", day, label, round(count * share)


def _bins(
    random: np.random.Generator, median: float, count: int, *, spread: float
) -> Iterator[tuple[int, int]]:
    """Counts by bin of times around a median, a few hundred drawn for all."""
    drawn = np.floor(BINS * random.normal(log2(median), spread, 200)).astype(int)
    numbers, times = np.unique(drawn, return_counts=True)
    for number, part in zip(numbers, times, strict=True):
        yield int(number), round(count * part / 200)


def _reviews(
    history: History,
    random: np.random.Generator,
    day: datetime.date,
    count: int,
    *,
    with_offices: bool,
) -> Iterator[Cell]:
    for move, share in REVIEW.items():
        by_office = random.multinomial(round(count * share), history.shares)
        yield from _areas(history, "review", day, move, by_office, with_offices=with_offices)
    drawn = random.multinomial(round(count * 0.1), history.shares)
    bins = dict(_bins(random, DECISION_MEDIAN, 200, spread=1.6))
    labels = random.choice(list(bins), size=len(history.offices))
    for label in sorted(set(labels[drawn > 0].tolist())):
        part = np.where(labels == label, drawn, 0)
        yield from _areas(history, "waits", day, str(label), part, with_offices=with_offices)


def _areas(
    history: History,
    figure: str,
    day: datetime.date,
    label: str,
    by_office: np.ndarray,
    *,
    with_offices: bool,
) -> Iterator[Cell]:
    sums: dict[str, int] = {"": 0}
    for place in np.flatnonzero(by_office):
        office, count = history.offices[place], int(by_office[place])
        for area in ("", office[:2], *([office] if with_offices else [])):
            sums[area] = sums.get(area, 0) + count
    for area, count in sums.items():
        yield figure, area, day, label, count


def _scores(random: np.random.Generator, day: datetime.date, age: int) -> Iterator[Cell]:
    for check, (middle, spread) in SCORES.items():
        drawn = random.normal(middle - 0.0002 * (DETAIL_DAYS - age), spread, SCORES_DRAWN)
        numbers = np.clip((drawn * SCORE_BINS).astype(int), 0, SCORE_BINS - 1)
        for number, count in zip(*np.unique(numbers, return_counts=True), strict=True):
            yield "scores", "", day, f"{check}:{number}", int(count) * 20
