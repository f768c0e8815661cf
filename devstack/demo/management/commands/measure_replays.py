"""What becomes of a recorded session that is handed in again, as Markdown."""

from django.core.management.base import BaseCommand, CommandParser

from devstack.demo.measuring.replays import MADE_OVER, Replay, replays
from devstack.demo.measuring.whole_way import without_limits
from registration.states import State

COLUMNS = [
    "what is handed in",
    "vouched for",
    "sessions",
    "alone",
    "an officer",
    "asked again",
    "known by their prints",
]
NOTE = """Each first session was verified and never finished. Whoever comes again under its number
is looked at by an officer, with new pictures too. Chance chooses which frames leave a print, so
the last column is another in each run."""


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("people", type=int, nargs="?", default=15)

    def handle(self, *, people: int, **_options: object) -> None:
        with without_limits():
            made = list(replays(people))
        self.stdout.write(f"| {' | '.join(COLUMNS)} |\n|---|---|--:|--:|--:|--:|--:|")
        for copy in MADE_OVER:
            for attested, who in ((True, "by an app"), (False, "by nobody")):
                own = [one for one in made if (one.copy, one.attested) == (copy, attested)]
                self.stdout.write(f"| {copy} | {who} | {_cells(own)} |")
        self.stdout.write(f"\n{NOTE}")


def _cells(made: list[Replay]) -> str:
    states = [one.state for one in made]
    ends = (State.VERIFIED, State.WAITING_REVIEW, State.RETAKE)
    counts = [len(states), *map(states.count, ends), sum(one.seen for one in made)]
    return " | ".join(map(str, counts))
