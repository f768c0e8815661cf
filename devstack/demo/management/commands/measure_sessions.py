"""What becomes of sample people's own pictures, by who vouches for them, as Markdown."""

from django.core.management.base import BaseCommand, CommandParser

from devstack.demo.measuring.sessions import TRIES, Session, sessions
from devstack.demo.measuring.whole_way import without_limits
from registration.states import State
from verification.faces.calibration import Share

COLUMNS = [
    "pictures vouched for", "sessions", "verified alone", "by the first picture",
    "an officer looks", "asked again", "card not read",
]  # fmt: skip


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("honest", type=int, nargs="?", default=31)
        parser.add_argument("injected", type=int, nargs="?", default=300)

    def handle(self, *, honest: int, injected: int, **_options: object) -> None:
        with without_limits():
            by_app = list(sessions(honest, attested=True))
            by_nobody = list(sessions(injected, attested=False))
        self.stdout.write(f"| {' | '.join(COLUMNS)} |\n|---|--:|---|--:|--:|--:|--:|")
        for who, made in (("by an app", by_app), ("by nobody", by_nobody)):
            self.stdout.write(f"| {who} | {len(made)} | {_cells(made)} |")
        self.stdout.write(f"\nWhoever is asked for another picture takes it, up to {TRIES}.")


def _cells(made: list[Session]) -> str:
    answered = [one.states for one in made if one.states]
    ends = [states[-1] for states in answered]
    alone = Share(ends.count(State.VERIFIED), len(ends))
    low, high = alone.interval
    first = sum(states[0] == State.VERIFIED for states in answered)
    others = (ends.count(State.WAITING_REVIEW), ends.count(State.RETAKE), len(made) - len(ends))
    told = f"{alone.count} of {alone.total} (95 %: {low:.0%} to {high:.0%})"
    return " | ".join(map(str, [told, first, *others]))
