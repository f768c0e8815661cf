"""Who looked at a citizen's data, in words the citizen understands; asking about it or for the data
to be corrected, and answering.
"""

from dataclasses import dataclass

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from audit.actions import Action
from audit.models import ActorKind, Entry, EntryQuerySet
from audit.services import Actor, record
from core.typing import Json, StrOrPromise
from identity.life import LifeReason
from identity.models import AccessQuestion, DigitalID, NoticeKind
from identity.notifications import notify_holder
from identity.official import Occasion
from identity.presentation import Purpose
from offices.models import Office, Officer
from offices.roles import Role

PAGE = 20
FOR_WHAT: dict[str, StrOrPromise] = {
    Action.CASE_VIEWED: _("Opened your registration to review it."),
    Action.CASE_IMAGE_VIEWED: _("Looked at a photo of your registration."),
    Action.TAKE: _("Took your registration for review."),
    Action.TAKE_SECOND: _("Took your registration for a second opinion."),
    Action.APPROVE: _("Approved your registration."),
    Action.REJECT: _("Rejected your registration."),
    Action.ASK_RETAKE: _("Asked you for a new photo."),
    Action.PASS_TO_SECOND: _("Passed your registration to a second officer."),
    Action.TAKE_BACK: _("Took a decision about your registration back."),
    Action.REOPEN: _("Opened your registration again."),
    Action.APPEAL: _("Appealed against the rejection."),
    Action.APPEAL_DECIDED: _("Decided your appeal."),
    Action.REASSIGN: _("Gave your registration to another officer."),
    Action.CASE_OFFICE_CHANGED: _("Moved your registration to another office."),
    Action.IDENTITY_CHECKED: _("Checked your identity at the counter."),
    Action.EVIDENCE_DELETED: _("Your photos were deleted because they are no longer needed."),
    Action.DIGITAL_ID_CHECKED: _("Checked the digital ID that you showed."),
    Action.SERVICE_SIGNED_IN: _("Received the data that you agreed to."),
    Action.PRESENTATION_SHOWN: _("Received the data that you showed."),
    Action.DIGITAL_ID_SUSPENDED: _("Suspended your digital ID."),
    Action.DIGITAL_ID_RESUMED: _("Put your digital ID in force again."),
    Action.RESUME_DECIDED: _("Compared your selfie with the photo of your digital ID."),
    Action.OTHERS_LOCKED: _("Locked your digital ID in all other browsers."),
    Action.DIGITAL_ID_REVOKED: _("Revoked your digital ID."),
    Action.CORRECTION_READ: _("Read your request to correct the data."),
    Action.DATA_COPIED: _("Read or took a copy of your data."),
    Action.HELP_LOOKED: _("Looked whether your digital ID can be suspended."),
    Action.HELP_STEP_OPENED: _("Saw the step of your registration, by the code that you read out."),
    Action.APPOINTMENT_OPENED: _("Opened your appointment at the counter."),
    Action.APPOINTMENT_MARKED: _("Noted whether you came to your appointment."),
    Action.DIGITAL_ID_UPDATED: _("Brought your digital ID up to date with the register."),
}
NO_OFFICER: dict[str, StrOrPromise] = {
    ActorKind.SYSTEM: _("The system"),
    ActorKind.CITIZEN: _("You"),
    ActorKind.ANONYMOUS: _("Whoever scanned your code"),
}
TO_SERVICES = (Action.SERVICE_SIGNED_IN, Action.PRESENTATION_SHOWN)
RENEWED = _("Replaced your digital ID by a newer one.")
LOOKED_INTO = _("Opened your registration to see whether it was handled rightly.")


class AskedAlready(Exception):
    """There is a question about this entry, or an open request to correct the data."""


class AnsweredAlready(Exception):
    """The question has its answer."""


@dataclass(frozen=True)
class Access:
    """One access as its citizen reads it. `question` is what was asked about it, or None."""

    entry: Entry
    who: str
    what: str
    shown: str
    question: AccessQuestion | None


def entries_of(digital_id: DigitalID) -> EntryQuerySet:
    """The accesses to a digital ID, to those it replaced, and to the registrations they came from,
    newest first.
    """
    mine = DigitalID.objects.filter(and_earlier(digital_id))
    ids = list(mine.values_list("pk", "enrollment_id"))
    cards = [str(pk) for pk, _enrollment in ids]
    enrollments = [str(enrollment) for _pk, enrollment in ids if enrollment]
    about = Q(subject_type="identity.digitalid", subject_id__in=cards)
    about |= Q(subject_type="registration.enrollment", subject_id__in=enrollments)
    return Entry.objects.filter(about, subject_id__in=cards + enrollments, action__in=FOR_WHAT)


def and_earlier(digital_id: DigitalID) -> Q:
    """It and what the number had before; not what came after, which a lost phone must not tell."""
    return Q(number_key=digital_id.number_key, issued_at__lte=digital_id.issued_at)


def questions_of(digital_id: DigitalID) -> models.QuerySet[AccessQuestion]:
    mine = DigitalID.objects.filter(and_earlier(digital_id))
    return AccessQuestion.objects.filter(digital_id__in=mine.values("pk"))


def accesses(digital_id: DigitalID, entries: list[Entry]) -> list[Access]:
    """The entries in words, each with what was asked about it; two queries."""
    codes = {entry.office for entry in entries if entry.office}
    offices = Office.objects.in_bulk(codes) if codes else {}
    asked = questions_of(digital_id).filter(entry_id__in=[entry.pk for entry in entries])
    questions = {question.entry_id: question for question in asked}
    return [
        Access(
            entry,
            who=_who(entry, offices.get(entry.office)),
            what=_what(entry),
            shown=_shown(entry),
            question=questions.get(entry.pk),
        )
        for entry in entries
    ]


def _who(entry: Entry, office: Office | None) -> str:
    if entry.action in TO_SERVICES:
        named = entry.details.get("service_en" if get_language() == "en" else "service_th")
        return named or gettext("A service that you signed in to")
    if entry.actor_kind in NO_OFFICER:
        return str(NO_OFFICER[entry.actor_kind])
    if entry.role == Role.CALL_CENTRE:
        return gettext("An agent of the help line 1548")
    if office is not None:
        return gettext("An officer of %(office)s") % {"office": office.name}
    if entry.role == Role.AUDITOR:
        return gettext("An auditor of the Department of Provincial Administration")
    return gettext("A central administrator of the Department of Provincial Administration")


def _what(entry: Entry) -> str:
    """What was done, and of an officer's check what for."""
    occasion = entry.details.get("occasion")
    why = str(Occasion(occasion).label) if occasion in Occasion.values else ""
    if entry.action == Action.DIGITAL_ID_REVOKED and entry.reason == LifeReason.RENEWED:
        return str(RENEWED)
    looked_into = entry.action == Action.CASE_VIEWED and entry.role == Role.AUDITOR
    done = LOOKED_INTO if looked_into else FOR_WHAT[entry.action]
    return f"{done} {why}".strip()


def _shown(entry: Entry) -> str:
    """What a check showed to the other side."""
    purpose = entry.details.get("purpose")
    return str(Purpose(purpose).label) if purpose in Purpose.values else ""


@transaction.atomic
def ask_about(digital_id: DigitalID, entry: Entry, *, words: str) -> AccessQuestion:
    """Ask a central administrator about an access; raises AskedAlready."""
    if questions_of(digital_id).filter(entry_id=entry.pk).exists():
        raise AskedAlready
    question = _keep(digital_id, entry.pk, words)
    record(Action.ACCESS_QUESTIONED, question, actor=_holder(digital_id), entry=entry.pk)
    return question


@transaction.atomic
def ask_for_correction(digital_id: DigitalID, *, words: str) -> AccessQuestion:
    """Ask a central administrator to correct the data, one thing after the other; raises
    AskedAlready while an earlier request has no answer.
    """
    question = _keep(digital_id, None, words)
    record(Action.CORRECTION_ASKED, digital_id, actor=_holder(digital_id))
    return question


def corrections_of(digital_id: DigitalID) -> models.QuerySet[AccessQuestion]:
    """What was asked to be corrected, the newest first."""
    return questions_of(digital_id).filter(entry_id=None).order_by("-asked_at")


def _keep(digital_id: DigitalID, entry_id: int | None, words: str) -> AccessQuestion:
    question = AccessQuestion(digital_id_id=digital_id.pk, entry_id=entry_id)
    question.question = words
    try:
        with transaction.atomic():
            question.save(force_insert=True)
    except IntegrityError as error:
        raise AskedAlready from error
    return question


def _holder(digital_id: DigitalID) -> Actor:
    return Actor.citizen(digital_id.enrollment_id or digital_id.pk)


def data_in_question(question: AccessQuestion, *, reader: Officer) -> DigitalID | None:
    """Whose data are to be corrected, for who can answer; that they read it, the holder reads. None
    of a question about an access, which shows nobody.
    """
    if question.entry_id is not None or not reader.is_staff:
        return None
    digital_id = DigitalID.objects.get(pk=question.digital_id_id)
    record(Action.CORRECTION_READ, digital_id, actor=Actor.officer(reader))
    return digital_id


@transaction.atomic
def answer_question(question: AccessQuestion, *, words: str, officer: Officer) -> AccessQuestion:
    """Answer once, for the citizen to read, who is told; raises AnsweredAlready."""
    locked = AccessQuestion.objects.select_for_update().get(pk=question.pk)
    if locked.answered_at is not None:
        raise AnsweredAlready
    locked.answer, locked.answered_by = words, officer
    locked.answered_at = timezone.now()
    locked.save(update_fields=["answer_sealed", "answered_by", "answered_at"])
    about: Json = {} if locked.entry_id is None else {"entry": locked.entry_id}
    record(Action.ACCESS_ANSWERED, locked, actor=Actor.officer(officer), **about)
    notify_holder(DigitalID.objects.get(pk=locked.digital_id_id), NoticeKind.ANSWERED)
    return locked
