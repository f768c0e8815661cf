"""The table of a campaign, as docs/benchmarks.md has it."""

import statistics

from devstack.bench.__main__ import machine
from devstack.storm.campaign import Seen


def told(seen: Seen) -> str:
    return "\n".join([*_head(seen), "", *_recovery(seen), "", *_broken(seen), *_waits(seen)])


def _head(seen: Seen) -> list[str]:
    ended = ", ".join(f"{times} {ending}" for ending, times in sorted(seen.ledger.ended.items()))
    answers = sum(seen.ledger.statuses.values())
    begun = f"{seen.faults} faults in {seen.minutes:.0f} minutes, seed {seen.seed}, under"
    went = f"{seen.citizens} citizens at a time: {answers} answers; ended: {ended or 'none'}."
    return [f"{begun} {went} {machine()}."]


def _recovery(seen: Seen) -> list[str]:
    rows = [
        f"| {name} | {len(took)} | {statistics.median(took):.1f} | {max(took):.1f} |"
        for name, took in sorted(seen.recovery.items())
    ]
    head = "| fault | times | until a newcomer's card was read and the clock's work done, s: median"
    return [f"{head} | longest |", "|---|--:|--:|--:|", *rows]


def _broken(seen: Seen) -> list[str]:
    counts = seen.broken.counts | {
        "answers that tell of a fault (500)": seen.ledger.broken(),
        "faults it did not come back from": len(seen.never),
    }
    rows = [f"| {name} | {count} |" for name, count in counts.items()]
    named = [f"- {one}" for one in seen.broken.which]
    return ["| what broke | times |", "|---|--:|", *rows, *([""] if named else []), *named]


def _waits(seen: Seen) -> list[str]:
    waits = seen.ledger.waits
    if len(waits) < 2:  # noqa: PLR2004 - quantiles want two
        return []
    p95 = statistics.quantiles(waits, n=20, method="inclusive")[-1]
    often = f"{statistics.median(waits):.1f} s (median), {p95:.1f} s (p95)"
    left = f"Kills left {seen.broken.left_behind} files without a row, which the reaper took away."
    return ["", f"{left} A citizen waited for the machine {often}, {max(waits):.1f} s at most."]
