"""How the line moved and moves: pure arithmetic over stretches of time with one speed each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor

# A leg that nobody followed up for longer calls no more: nobody came, or a clock was set ahead, or
# the portal stood still, and all who wait were called at once.
RUNS_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Leg:
    """From `since` on, `per_minute` more numbers are called, beginning after `position`.

    `over`: the highest number whose turn was past by then.
    """

    since: datetime
    position: float
    per_minute: float
    over: int = 0

    def at(self, moment: datetime) -> float:
        """Where it is at a moment; before it began, where it began (clocks are set back)."""
        ran = min(moment - self.since, RUNS_FOR).total_seconds() / 60
        return self.position + self.per_minute * max(0.0, ran)


@dataclass(frozen=True)
class Course:
    """Legs in the order in which they began, at least one. `turn`: how long one may begin.

    Where a leg begins below the end of the one before, nobody had the numbers between: the line ran
    ahead of those who came, and they are called when it comes there again.
    """

    legs: Sequence[Leg]
    turn: timedelta

    @property
    def now(self) -> Leg:
        return self.legs[-1]

    def called(self, moment: datetime) -> int:
        """The highest number called; `moment` is the present or to come."""
        return floor(self.now.at(moment))

    def speed(self, moment: datetime) -> float:
        """How many it calls a minute now; 0 where nobody followed its leg up."""
        return self.now.per_minute if moment - self.now.since < RUNS_FOR else 0.0

    def over(self, moment: datetime) -> int:
        """The highest number whose turn is past."""
        return max(self.now.over, floor(self.reached(moment - self.turn)))

    def reached(self, moment: datetime) -> float:
        """What was called at a moment and has stayed so since."""
        lowest = float("inf")
        for leg in reversed(self.legs):
            if leg.since <= moment:
                return min(lowest, leg.at(moment))
            lowest = min(lowest, leg.position)
        return 0.0

    def called_at(self, number: int) -> datetime | None:
        """When the line came to a number, or will at its present speed; None where it stands, and
        of what was long ago.
        """
        for leg in reversed(self.legs):
            if leg.position < number:
                if not leg.per_minute:
                    return None
                return leg.since + timedelta(minutes=(number - leg.position) / leg.per_minute)
        return None

    def turn_ends(self, number: int) -> datetime | None:
        """Until when a called number may begin; None of what was long ago."""
        called_at = self.called_at(number)
        return called_at + self.turn if called_at else None

    def speeds(self, moment: datetime, within: timedelta) -> list[float]:
        """The speeds it had of late, the present one last."""
        since, ends = moment - within, [leg.since for leg in self.legs[1:]]
        old = zip(self.legs, ends, strict=False)
        return [leg.per_minute for leg, end in old if end > since] + [self.now.per_minute]
