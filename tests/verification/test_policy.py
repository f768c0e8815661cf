"""Every check, every outcome, every situation, against a table that was written by hand.

Nothing here is worked out from the policy's own constants: a row that changes is a decision.
"""

from itertools import combinations, permutations, product

import pytest

from verification.findings import Check, Finding, Outcome
from verification.policy import (
    Judgement,
    Situation,
    Verdict,
    judge,
    judge_return,
    risk,
)

CHECKS = (
    "card_readable card_is_original card_is_consistent data_as_read register portrait_found"
    " face_found face_quality own_picture face_match same_holder liveness challenge solid capture"
    " duplicate fresh_pictures former_proven way_fits"
).split()
OUTCOMES = ["passed", "doubtful", "failed", "missing", "absent"]  # the last: it never ran

# P pass, T take the picture again, R review, O other way. The columns: a first registration, one
# whose person an officer saw, a renewal, a renewal whose person an officer saw; first while another
# picture may be asked for, then at the last attempt. All other checks passed.
TABLE = """
card_readable     passed                           PPPP PPPP
card_readable     doubtful failed missing absent   RRRR RRRR
card_is_original  passed                           PPPP PPPP
card_is_original  doubtful failed missing absent   RRRR RRRR
card_is_consistent passed                          PPPP PPPP
card_is_consistent doubtful failed missing absent  RRRR RRRR
data_as_read      passed                           PPPP PPPP
data_as_read      doubtful failed missing absent   RRRR RRRR
register          passed                           PPPP PPPP
register          doubtful failed missing absent   RRRR RRRR
portrait_found    passed                           PPPP PPPP
portrait_found    failed                           TTTT RRRR
portrait_found    doubtful missing absent          RRRR RRRR
face_found        passed                           PPPP PPPP
face_found        failed                           TTTT RRRR
face_found        doubtful missing absent          RRRR RRRR
face_quality      passed                           PPPP PPPP
face_quality      failed                           TTTT RRRR
face_quality      doubtful missing absent          RRRR RRRR
own_picture       passed                           PPPP PPPP
own_picture       doubtful failed missing          RPRP RPRP
own_picture       absent                           RRRR RRRR
face_match        passed                           PPPP PPPP
face_match        doubtful failed missing absent   RRRR RRRR
same_holder       passed                           PPPP PPPP
same_holder       doubtful failed missing absent   PPRR PPRR
liveness          passed                           PPPP PPPP
liveness          failed                           TPTP RPRP
liveness          doubtful missing                 RPRP RPRP
liveness          absent                           RRRR RRRR
challenge         passed                           PPPP PPPP
challenge         failed                           TPTP RPRP
challenge         doubtful missing                 RPRP RPRP
challenge         absent                           RRRR RRRR
solid             passed                           PPPP PPPP
solid             doubtful                         TPTP RPRP
solid             failed missing                   RPRP RPRP
solid             absent                           RRRR RRRR
capture           passed                           PPPP PPPP
capture           doubtful failed missing          RPRP RPRP
capture           absent                           RRRR RRRR
duplicate         passed                           PPPP PPPP
duplicate         doubtful failed missing absent   RRRR RRRR
fresh_pictures    passed                           PPPP PPPP
fresh_pictures    doubtful failed missing absent   RRRR RRRR
former_proven     passed                           PPPP PPPP
former_proven     doubtful failed missing absent   PPRR PPRR
way_fits          passed                           PPPP PPPP
way_fits          failed                           OOOO OOOO
way_fits          doubtful missing absent          RRRR RRRR
"""
SITUATIONS = [
    Situation(attempt, 5, seen_in_person=seen, renewal=renewal)
    for attempt, renewal, seen in product((4, 5), (False, True), (False, True))
]
VERDICTS = {"P": "pass", "T": "retake", "R": "review", "O": "other_way"}
ROWS = [
    (check, outcome, columns[0] + columns[1])
    for check, *rest in map(str.split, TABLE.strip().splitlines())
    for outcomes, columns in [(rest[:-2], rest[-2:])]
    for outcome in outcomes
]
HINTS = ["face_found", "face_quality", "portrait_found", "challenge", "liveness"]
LAST = Situation(5, 5, renewal=True)
MORE = Situation(1, 5, renewal=True)


def facts(**outcomes: str) -> list[Finding]:
    """A finding of every check: passed, where nothing else is said; none of an absent one."""
    told = {check: outcomes.get(check, "passed") for check in CHECKS}
    return [Finding(Check(c), Outcome(o)) for c, o in told.items() if o != "absent"]


def test_the_table_has_every_check_and_every_outcome_once():
    assert [check.value for check in Check] == CHECKS
    assert [outcome.value for outcome in Outcome] == OUTCOMES[:-1]
    assert sorted(row[:2] for row in ROWS) == sorted(product(CHECKS, OUTCOMES))
    assert {len(row[2]) for row in ROWS} == {len(SITUATIONS)}


@pytest.mark.parametrize(("check", "outcome", "expected"), ROWS)
def test_one_check_tips_the_verdict_as_the_table_says(check, outcome, expected):
    judged = [judge(facts(**{check: outcome}), situation) for situation in SITUATIONS]
    assert [one.verdict.value for one in judged] == [VERDICTS[letter] for letter in expected]
    assert [one.because for one in judged] == [None if one == "P" else check for one in expected]


@pytest.mark.parametrize(
    ("attempt", "most", "verdict"),
    [
        *[(1, 5, "retake"), (2, 5, "retake"), (3, 5, "retake"), (4, 5, "retake")],
        *[(5, 5, "review"), (6, 5, "review"), (60, 5, "review")],
        *[(1, 1, "review"), (1, 2, "retake"), (2, 2, "review"), (1, 0, "review")],
        *[(5, 6, "retake"), (7, 9, "retake"), (9, 9, "review")],
    ],
)
@pytest.mark.parametrize("check", HINTS)
def test_another_picture_is_asked_for_only_below_the_most_attempts(check, attempt, most, verdict):
    judged = judge(facts(**{check: "failed"}), Situation(attempt, most))
    assert judged == Judgement(Verdict(verdict), Check(check))


@pytest.mark.parametrize(("first", "second"), [*combinations(HINTS, 2)])
def test_of_two_hints_the_more_useful_one_is_given(first, second):
    given = facts(**{first: "failed", second: "failed"})
    expected = Judgement(Verdict.RETAKE, Check(first))
    assert judge(given, MORE) == judge(reversed(given), MORE) == expected


@pytest.mark.parametrize(("hint", "other"), [p for p in product(HINTS, CHECKS) if p[0] != p[1]])
def test_a_picture_is_taken_again_whatever_else_is_amiss(hint, other):
    for outcome in ("doubtful", "missing", "absent") if other in HINTS else OUTCOMES:
        judged = judge(facts(**{hint: "failed", other: outcome}), MORE)
        assert judged == Judgement(Verdict.RETAKE, Check(hint))


@pytest.mark.parametrize(("first", "second"), [*combinations(CHECKS, 2)])
def test_of_two_misses_an_officer_is_told_the_first(first, second):
    for outcomes in product(OUTCOMES[1:], repeat=2):
        judged = judge(facts(**dict(zip((first, second), outcomes, strict=True))), LAST)
        assert judged == Judgement(Verdict.REVIEW, Check(first))


@pytest.mark.parametrize("renewal", [False, True])
@pytest.mark.parametrize("check", CHECKS[:-1])
def test_the_other_way_is_told_only_where_all_else_passed(check, renewal):
    of_renewals = check in {"same_holder", "former_proven"}
    for outcome in OUTCOMES[1:]:
        given = facts(way_fits="failed", **{check: outcome})
        told = judge(given, Situation(5, 5, renewal=renewal)).verdict == "other_way"
        assert told == (of_renewals and not renewal)


def test_nothing_found_is_for_an_officer():
    for situation in SITUATIONS:
        assert judge([], situation) == Judgement(Verdict.REVIEW, Check.CARD_READABLE)


@pytest.mark.parametrize("outcome", ["doubtful", "failed", "missing"])
def test_a_check_in_shadow_decides_nothing_and_another_still_does(outcome):
    shadow = Situation(1, 5, shadowed=frozenset({Check.SOLID}))
    assert judge(facts(solid=outcome), shadow) == Judgement(Verdict.PASS)
    both = facts(solid=outcome, capture="missing")
    assert judge(both, shadow) == Judgement(Verdict.REVIEW, Check.CAPTURE)
    back = judge_return(facts(solid=outcome), shadowed=shadow.shadowed)
    assert back == Judgement(Verdict.PASS)


def test_what_surely_fails_is_asked_for_again_before_what_is_unsure():
    given = facts(solid="doubtful", liveness="failed")
    assert judge(given, MORE) == Judgement(Verdict.RETAKE, Check.LIVENESS)


def test_findings_are_judged_in_any_order_and_stay_as_they_are():
    given = facts(liveness="failed", challenge="missing")
    seen = Situation(1, 5, seen_in_person=True)
    assert judge(iter(reversed(given)), seen) == Judgement(Verdict.PASS)
    assert given == facts(liveness="failed", challenge="missing")


OF_A_RETURN = [
    "face_found",
    "face_quality",
    "portrait_found",
    "challenge",
    "liveness",
    "solid",
    "capture",
    "fresh_pictures",
    "face_match",
]


@pytest.mark.parametrize(("check", "outcome"), [*product(CHECKS, OUTCOMES)])
def test_whoever_comes_back_is_judged_by_the_pictures_alone(check, outcome):
    misses = check in OF_A_RETURN and outcome != "passed"
    expected = Judgement(Verdict.RETAKE, Check(check)) if misses else Judgement(Verdict.PASS)
    assert judge_return(facts(**{check: outcome})) == expected


@pytest.mark.parametrize(("first", "second"), [*combinations(OF_A_RETURN, 2)])
def test_whoever_comes_back_is_told_the_most_useful_hint(first, second):
    given = facts(**{first: "missing", second: "failed"})
    assert judge_return(given) == Judgement(Verdict.RETAKE, Check(first))


def test_coming_back_without_a_face_is_no_coming_back():
    assert judge_return([]) == Judgement(Verdict.RETAKE, Check.FACE_FOUND)


RISKS = {
    "card_is_original": 2,
    "card_is_consistent": 2,
    "own_picture": 2,
    "face_match": 2,
    "same_holder": 2,
    "liveness": 2,
    "challenge": 2,
    "solid": 2,
    "duplicate": 2,
    "fresh_pictures": 2,
    "data_as_read": 1,
    "register": 1,
}


@pytest.mark.parametrize("check", CHECKS)
def test_a_failed_check_speaks_for_an_attack_as_far_as_the_table_says(check):
    assert risk(facts(**{check: "failed"})) == RISKS.get(check, 0)
    for outcome in ("passed", "doubtful", "missing", "absent"):
        assert risk(facts(**{check: outcome})) == 0


@pytest.mark.parametrize(("one", "other"), [*permutations(CHECKS, 2)])
def test_of_two_failed_checks_the_graver_counts(one, other):
    expected = max(RISKS.get(one, 0), RISKS.get(other, 0))
    assert risk(facts(**{one: "failed", other: "failed"})) == expected
