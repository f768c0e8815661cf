"""Whether the checks treat people alike: how they ended, by group, of nobody in particular."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from audit.actions import Action
from audit.models import Entry
from core.required import required
from core.titles import sex_of
from core.typing import Json
from registration.models import Ending, Enrollment, GroupOutcome
from verification.capture import Assurance, Sign
from verification.findings import Check, Finding
from verification.policy import Judgement, Verdict

AGES = (7, 18, 30, 45, 60, 75)  # the youngest of each band
# By the first digit of a province's code, as the register numbers them.
REGIONS = {
    "1": "central", "2": "east", "3": "northeast", "4": "northeast", "5": "north",
    "6": "north", "7": "west", "8": "south", "9": "south",
}  # fmt: skip
ENDINGS = {Verdict.PASS: Ending.PASSED, Verdict.RETAKE: Ending.AGAIN}


def note_outcome(enrollment: Enrollment, *, facts: list[Finding], judgement: Judgement) -> None:
    """One row for each group of whoever was judged. `fold` of the dashboards counts and deletes
    them. The person who proved to come the wrong way was treated like one who passed.
    """
    capture = next(fact for fact in facts if fact.check == Check.CAPTURE).details
    ending = _ending(judgement, drawn=capture["drawn"])
    GroupOutcome.objects.bulk_create(
        GroupOutcome(group=group, ending=ending) for group in _groups(enrollment, capture)
    )


def _ending(judgement: Judgement, *, drawn: bool) -> Ending:
    if judgement.verdict == Verdict.OTHER_WAY:
        return Ending.PASSED
    if judgement.verdict == Verdict.REVIEW:
        by_chance = drawn and judgement.because == Check.CAPTURE
        return Ending.DRAWN if by_chance else Ending.OFFICER
    return ENDINGS[judgement.verdict]


def _groups(enrollment: Enrollment, capture: Json) -> Iterable[str]:
    return [f"{kind}:{value}" for kind, value in _kinds(enrollment, capture) if value]


def _kinds(enrollment: Enrollment, capture: Json) -> Iterator[tuple[str, str]]:
    person = required(enrollment.confirmed, "confirmed data")
    yield "capture", str(Assurance(capture["assurance"]))
    yield "grain", _grain(capture)
    yield "light", capture.get("light") or "none"
    yield "age", _age(person.birth_date)
    yield "sex", sex_of(person.title_th)
    yield "region", REGIONS.get((enrollment.office_id or "")[:1], "")
    begun = Entry.objects.about(enrollment).filter(action=Action.START).first()
    device = begun.details.get("device", "") if begun else ""
    yield "device", device.split("-")[0]


def _grain(capture: Json) -> str:
    """Whether the frames have each their own; what is on trial counts as it would."""
    if "grain" not in capture:
        return "none"
    seen = [*capture.get("signs", []), *capture.get("on_trial", [])]
    return "same" if Sign.SAME_GRAIN in seen else "own"


def _age(birth_date: str) -> str:
    """The youngest age of the band of whoever turns so old this year."""
    turns = timezone.localdate().year - int(birth_date[:4])
    return next((str(age) for age in reversed(AGES) if turns >= age), "")
