"""The tables of `population`, each group in a file of its own."""

from population.models.following import UNDER_WAY, Following, FollowingState
from population.models.imports import (
    RESUMABLE,
    Agreement,
    HeldRow,
    ImportChunk,
    ImportRun,
    OfficeCount,
    RejectedRow,
    RowBefore,
    RunState,
)
from population.models.record import PopulationRecord

__all__ = [
    "RESUMABLE",
    "UNDER_WAY",
    "Agreement",
    "Following",
    "FollowingState",
    "HeldRow",
    "ImportChunk",
    "ImportRun",
    "OfficeCount",
    "PopulationRecord",
    "RejectedRow",
    "RowBefore",
    "RunState",
]  # fmt: skip
