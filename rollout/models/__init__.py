"""The tables of `rollout`, each group in a file of its own."""

from rollout.models.line import LineRule, Mode, Stretch, UsedTicket, rule_in_force
from rollout.models.phases import Phase, Place, Shard
from rollout.models.preparations import Matter, Preparation
from rollout.models.waiting import WaitingPerson

__all__ = [
    "LineRule", "Matter", "Mode", "Phase", "Place", "Preparation", "Shard", "Stretch", "UsedTicket",
    "WaitingPerson", "rule_in_force",
]  # fmt: skip
