"""Fifty officers for an hour: cases taken, left, lost, decided and taken back, and what broke.

python -m devstack.embedded exec --throwaway -- python -m devstack.bench.desks [50] [60]
"""

import sys
from collections import Counter

import devstack.bench.ready  # noqa: F401 - before all that needs Django

# isort: split
from django.core.management import call_command

from devstack.desks.day import Plan, let_run


def main(officers: int, minutes: int) -> int:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    plan = Plan(officers, minutes * 60)
    outcome = let_run(plan)
    print(outcome.told(plan))
    pressed = Counter(note.what for note in outcome.day.notes)
    print(dict(pressed), *outcome.faults[:20], sep="\n", file=sys.stderr)
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    sys.exit(main(*(numbers + [50, 60][len(numbers) :])))
