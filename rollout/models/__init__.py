"""The tables of `rollout`, each group in a file of its own."""

from rollout.models.phases import Phase, Place, Shard
from rollout.models.waiting import WaitingPerson

__all__ = ["Phase", "Place", "Shard", "WaitingPerson"]
