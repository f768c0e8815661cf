"""Who becomes somebody else by one photo of a card, the whole way through the API, as Markdown."""

from collections.abc import Iterable

from django.core.management.base import BaseCommand, CommandParser

from devstack.demo.measuring.one_photo import LOOKED_AT, TRIES, Attempt, attempts
from devstack.demo.measuring.whole_way import without_limits
from registration.states import State
from verification.faces.calibration import Share

HEAD = f"""Each impostor hands in up to {TRIES} pictures, and turns by a warp of `measure_turns`.
Number and data are taken for known, and the selfie is the portrait out of another photo of the
card. "Asked again" are those whose last picture was not believed either; they may go on to five,
then an officer looks.

| registration | pictures vouched for | got through | officer | asked again | {{checks}} |
|---|---|---|--:|--:|{{lines}}|"""


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=int, nargs="?", default=30, help="impostors of each kind")

    def handle(self, *, count: int, **_options: object) -> None:
        checks = sorted(LOOKED_AT)
        with without_limits():
            made = list(attempts(count))
        columns = " | ".join(f"{check} passed" for check in checks)
        self.stdout.write(HEAD.format(checks=columns, lines="|".join(["--:"] * len(checks))))
        for renewal, word in ((False, "new"), (True, "renewal")):
            for attested, by in ((True, "by an app that was taken over"), (False, "by nobody")):
                of = [one for one in made if (one.renewal, one.attested) == (renewal, attested)]
                self.stdout.write(f"| {word} | {by} | {_cells(of, checks)} |")


def _cells(of: list[Attempt], checks: Iterable[str]) -> str:
    through = Share(sum(one.got_through for one in of), len(of))
    low, high = through.interval
    counts = [
        sum(one.state == State.WAITING_REVIEW for one in of),
        sum(one.state == State.RETAKE for one in of),
        *(sum(check in one.passed for one in of) for check in checks),
    ]
    shown = " | ".join(map(str, counts))
    return f"{through.count} of {through.total} (95 %: {low:.0%} to {high:.0%}) | {shown}"
