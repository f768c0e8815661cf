"""What past attempts would have come to under other thresholds. Writes nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from django.conf import settings

from registration.claims import shadowed_checks
from registration.models import Finding
from verification.findings import Check, Outcome
from verification.findings import Finding as Fact
from verification.judging import judged_again
from verification.policy import OF_RENEWALS, Judgement, Situation, judge
from verification.thresholds import Thresholds

ADDED_LATER = (
    Check.FRESH_PICTURES, Check.CARD_IS_CONSISTENT, Check.SOLID, Check.CAPTURE, Check.OWN_PICTURE,
)  # fmt: skip


def attempts(since: datetime) -> Iterator[tuple[int, list[Fact]]]:
    """The number and the findings of each attempt that was judged since then."""
    rows = Finding.objects.filter(created_at__gte=since).order_by("enrollment_id", "attempt", "id")
    for (_enrollment, number), of_attempt in groupby(
        rows.iterator(), key=lambda row: (row.enrollment_id, row.attempt)
    ):
        yield number, _complete([_fact(row) for row in of_attempt])


def redecide(
    since: datetime, *, thresholds: Thresholds, tried: frozenset[Check] = frozenset()
) -> Counter[tuple[str, str]]:
    """How many attempts went from which judgement to which: {(as judged, as it would be): count}

    What is on trial decides in neither, but for `tried`: these would decide from now on.
    """
    on_trial = shadowed_checks()
    changes: Counter[tuple[str, str]] = Counter()
    for number, facts in attempts(since):
        again = [judged_again(fact, thresholds) for fact in facts]
        renewal = any(fact.check in OF_RENEWALS for fact in facts)
        as_judged = Situation(
            number, settings.MAX_SELFIE_ATTEMPTS, renewal=renewal, shadowed=on_trial
        )
        before = judge(facts, as_judged)
        after = judge(again, replace(as_judged, shadowed=on_trial - tried))
        changes[_named(before), _named(after)] += 1
    return changes


def _complete(facts: list[Fact]) -> list[Fact]:
    """An attempt from before a check existed is judged without it."""
    made = {fact.check for fact in facts}
    return facts + [Fact(check, Outcome.PASSED) for check in ADDED_LATER if check not in made]


def _named(judgement: Judgement) -> str:
    return " ".join(filter(None, (judgement.verdict, judgement.because)))


def _fact(row: Finding) -> Fact:
    return Fact(Check(row.check_name), Outcome(row.outcome), row.score, row.threshold, row.details)
