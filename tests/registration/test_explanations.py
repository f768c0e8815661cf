"""Findings in an officer's words, and whom of others an officer gets to see by them."""

import pytest
from django.utils import translation

from registration.claims import current_thresholds
from registration.explanations import (
    SPECIAL,
    ComparedField,
    explain,
    named_candidates,
)
from registration.finding_words import CAPTURES, CONTRADICTIONS, MEANING, SIGNS
from registration.models import EvidenceKind, Finding
from registration.services.evidence import keep_picture
from tests.factories import EnrollmentFactory, OfficerFactory
from verification.capture import Assurance, Capture, Seen, Sign
from verification.cards.contradictions import Contradiction
from verification.findings import Check, Outcome
from verification.judging import capture_finding
from verification.signs import KINDS


def finding(check: Check, outcome: Outcome = Outcome.FAILED, **details) -> Finding:
    return Finding(check_name=check, outcome=outcome, details=details, score=0.4, threshold=0.5)


def sentence(check: Check, **details) -> str:
    with translation.override("en"):
        return str(explain(finding(check, **details), {}).sentence)


@pytest.mark.parametrize("check", Check)
@pytest.mark.parametrize("outcome", [Outcome.DOUBTFUL, Outcome.FAILED, Outcome.MISSING])
def test_every_check_that_did_not_pass_is_explained_in_both_languages(check, outcome):
    one = finding(check, outcome, unread=["address"])
    told = []
    for language in ("en", "th"):
        with translation.override(language):
            told.append(str(explain(one, {}).sentence))
    assert [all(told), told[0] == told[1]] == [True, False]


def test_each_sign_against_a_camera_has_words():
    assert set(CAPTURES) == set(Sign)


def test_each_check_has_one_explanation():
    assert sorted([*MEANING, *SPECIAL]) == sorted(Check.values)


@pytest.mark.parametrize("check", Check)
def test_what_passed_needs_no_words_but_keeps_its_score(check):
    told = explain(finding(check, Outcome.PASSED), {})
    assert [told.sentence, told.score, told.threshold, told.check] == ["", 0.4, 0.5, check]


def test_where_no_head_turned_nothing_is_said_of_a_bent_picture():
    with translation.override("en"):
        told = explain(finding(Check.SOLID, Outcome.MISSING), {}).sentence
    assert told == "There is no film of head turns to judge."


GRAIN = (
    "The turned head shows the same fine grain as the straight one, as in one picture that was"
    " bent; a camera's is another in each frame."
)
VIRTUAL = "A program took the camera's place (a virtual camera)."


@pytest.mark.parametrize(
    ("capture", "words"),
    [
        (Capture(Assurance.ATTESTED), "The app took the pictures; its store vouches for it."),
        (Capture(Assurance.LIVE), "A browser's camera took the pictures."),
        (
            Capture(Assurance.LIVE, shadowed=frozenset({Sign.SAME_GRAIN})),
            f"A browser's camera took the pictures. {GRAIN} This is on trial and decides nothing.",
        ),
        (
            Capture(Assurance.LIVE, (Sign.VIRTUAL_CAMERA,)),
            f"A browser's camera took the pictures. {VIRTUAL} This system knows and allows it.",
        ),
    ],
)
def test_of_pictures_that_passed_an_officer_reads_who_took_them(capture, words):
    fact = capture_finding(capture, current_thresholds(), Seen(0.1 if capture.shadowed else None))
    with translation.override("en"):
        told = explain(finding(fact.check, fact.outcome, **fact.details), {})
    assert (told.outcome, told.sentence) == ("passed", words)


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({}, "The number is not in the population register."),
        ({"found": False, "alive": True}, "The number is not in the population register."),
        ({"found": True}, "The register says that this person has died or was removed."),
        (
            {"found": True, "alive": True, "differing": ["birth_date", "last_name_th"]},
            "Differs from the register: Date of birth, Last name (Thai).",
        ),
    ],
)
def test_the_register_is_explained_by_the_gravest_thing_it_says(details, words):
    assert sentence(Check.REGISTER, **details) == words


def test_a_card_that_is_not_as_issued_is_explained_by_the_signs_that_were_seen():
    plain = sentence(Check.CARD_IS_ORIGINAL, screen=0.4)
    seen = sentence(Check.CARD_IS_ORIGINAL, altered=0.9, signs=["no_chip", "marked"])
    assert plain == (
        "The photo may show a screen, a copy or an altered card."
        " No sign is proof: look at the photo closely."
    )
    assert seen == (
        "There is no chip in its place; cards issued before 2005 have none. Large red letters are"
        " laid across the card, as on specimens. No sign is proof: look at the photo closely."
    )


def test_what_the_frames_tell_against_a_camera_is_told_where_it_counts():
    fact = capture_finding(Capture(Assurance.LIVE), current_thresholds(), Seen(0.1))
    told = sentence(Check.CAPTURE, **fact.details)
    assert told == f"{GRAIN} Look whether the face moves like a living one."


def test_every_sign_has_words_of_its_own():
    assert list(SIGNS) == [name for names in KINDS.values() for name in names]
    with translation.override("th"):
        assert len({str(words) for words in SIGNS.values()}) == len(SIGNS)


def test_contradicted_fields_are_told_apart_from_unread_ones():
    both = sentence(Check.DATA_AS_READ, contradicted=["number"], unread=["address"])
    surely, unread = both.split(": National ID number. ")
    assert surely == "Surely read on the card, but confirmed otherwise"
    assert unread.endswith("says it: Address. Read the card yourself.")
    alone = sentence(Check.DATA_AS_READ, contradicted=[], unread=["address"])
    assert [alone, "otherwise" in alone] == [unread, False]


def test_what_a_card_contradicts_itself_in_is_named():
    assert sentence(Check.CARD_IS_CONSISTENT, contradictions=["check_digit", "dates"]) == (
        "The card may have been altered: the number's check digit is wrong,"
        " a date is another in Thai than in English."
    )


def test_every_contradiction_has_words():
    assert set(CONTRADICTIONS) == set(Contradiction)


@pytest.mark.parametrize(
    ("stopped", "reason"),
    [
        ("device_lost", "The device was lost or stolen"),
        ("holder_died", "The holder has died"),
        ("of another time", "no reason is known"),
    ],
)
def test_why_the_former_id_was_stopped_weighs_more_than_the_faces(stopped, reason):
    words = f"The former digital ID is not in force: {reason}."
    assert sentence(Check.SAME_HOLDER, stopped=stopped) == words
    assert sentence(Check.SAME_HOLDER).startswith("Compare the selfie with")


@pytest.mark.parametrize(
    ("name", "told", "differs"),
    [
        ("first_name_th", ("สมหญิง", "สมหญิง", "สมหญิง"), False),
        ("first_name_th", ("สมหญิง", "สมหญิง", "สมชาย"), True),
        ("first_name_th", ("", "สมหญิง", ""), False),
        ("first_name_en", ("SOMYING", "Somying", "somying"), False),
        ("title_th", ("น.ส.", "นางสาว", "นางสาว"), False),
        ("last_name_th", ("-", "", ""), False),
        ("last_name_th", ("ใจดี", "ใจดี", "-"), True),
        ("birth_date", ("1990", "1990-05-04", ""), True),
        ("number", ("1-1111-11111-11-9", "1111111111119", ""), False),
    ],
)
def test_a_line_differs_where_what_is_told_differs_and_not_where_something_is_untold(
    name, told, differs
):
    line = ComparedField(name, name, told[0], doubtful=False, confirmed=told[1], registered=told[2])
    assert line.differs is differs


def names(*cases, check: Check = Check.DUPLICATE) -> Finding:
    entries = [{"subject": str(case.pk), "similarity": 0.7} for case in cases]
    return finding(check, candidates=entries)


@pytest.mark.django_db
def test_an_officer_sees_that_a_face_is_known_elsewhere_and_pictures_only_within_reach():
    officer = OfficerFactory()
    near, far = EnrollmentFactory(), EnrollmentFactory(office=OfficerFactory(elsewhere=True).office)
    keep_picture(near, EvidenceKind.SELFIE, b"a selfie")
    found = named_candidates([names(near, far)], officer)
    seen = [(one.case, one.within_reach, one.has_selfie) for one in found.values()]
    assert sorted(seen, key=lambda one: one[1]) == [(far, False, False), (near, True, True)]


@pytest.mark.django_db
def test_only_checks_that_name_others_name_them_and_who_is_gone_is_left_out():
    officer, known, gone = OfficerFactory(), EnrollmentFactory(), EnrollmentFactory()
    one = names(known, gone, check=Check.FRESH_PICTURES)
    gone.delete()
    found = named_candidates([one, names(known, check=Check.LIVENESS)], officer)
    assert [candidate.case for candidate in explain(one, found).candidates] == [known]
    assert explain(one, found).candidates[0].similarity == 0.7
    assert named_candidates([names(known, check=Check.LIVENESS)], officer) == {}


@pytest.mark.django_db
def test_a_selfie_that_was_replaced_is_no_picture_to_show():
    officer, case = OfficerFactory(), EnrollmentFactory()
    picture = keep_picture(case, EvidenceKind.SELFIE, b"a selfie")
    picture.replaced_at = picture.created_at
    picture.save()
    (found,) = named_candidates([names(case)], officer).values()
    assert not found.has_selfie
