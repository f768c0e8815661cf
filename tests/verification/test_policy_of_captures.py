"""Pictures that nobody vouches for, in any company: a person looks, or they are taken again."""

from hypothesis import given
from hypothesis import strategies as st

from tests.verification.test_judging import NOW
from tests.verification.test_policy import CHECKS, OUTCOMES, facts
from verification.capture import Capture, Sign
from verification.findings import Check
from verification.judging import capture_finding
from verification.policy import Situation, Verdict, judge, judge_resume, judge_return


@given(
    others=st.dictionaries(st.sampled_from(CHECKS), st.sampled_from(OUTCOMES), max_size=4),
    signs=st.sets(st.sampled_from(Sign)),
    drawn=st.booleans(),
    attempt=st.integers(1, 9),
    renewal=st.booleans(),
    shadowed=st.sampled_from([frozenset(), frozenset({Check.SOLID})]),
)
def test_unattested_pictures_pass_alone_with_nothing_else(
    others, signs, drawn, attempt, renewal, shadowed
):
    capture = Capture(signs=(*signs,), drawn=drawn, shadowed=frozenset(Sign))
    found = capture_finding(capture, NOW)
    told = [*facts(**others | {"capture": "absent"}), found]
    situation = Situation(attempt, 5, renewal=renewal, shadowed=shadowed)
    judged = [
        judge(told, situation),
        judge_return(told, shadowed=shadowed),
        judge_resume(told, shadowed=shadowed),
    ]
    assert Verdict.PASS not in {one.verdict for one in judged}
