"""What can happen here that is worth writing down. The codes are stored, so they never change."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.typing import StrOrPromise


class Action(models.TextChoices):
    """`app.verb`, stable. The part before the point says what kind of thing was touched."""

    # One for each move of an enrollment (registration.states.MOVES).
    START = "enrollment.start", _("Registration started")
    ACCEPT_TERMS = "enrollment.accept_terms", _("Terms accepted")
    CAPTURE_CARD = "enrollment.capture_card", _("Card photographed")
    ASK_FOR_CARD = "enrollment.ask_for_card", _("Better photo of the card asked for")
    CONFIRM_DATA = "enrollment.confirm_data", _("Card data confirmed")
    SUBMIT_SELFIE = "enrollment.submit_selfie", _("Selfie handed in")
    PASS_CHECKS = "enrollment.pass_checks", _("Checks passed by machine")
    ASK_RETAKE = "enrollment.ask_retake", _("New photo asked for")
    RECAPTURE_CARD = "enrollment.recapture_card", _("Card photographed again")
    SEND_TO_REVIEW = "enrollment.send_to_review", _("Handed to an officer")
    REFER = "enrollment.refer", _("Referred to renewal or registration")
    SEND_BACK_TO_REVIEW = "enrollment.send_back_to_review", _("Handed to an officer once more")
    TAKE = "enrollment.take", _("Case taken")
    RELEASE = "enrollment.release", _("Case given back")
    APPROVE = "enrollment.approve", _("Registration approved")
    REJECT = "enrollment.reject", _("Registration rejected")
    PASS_TO_SECOND = "enrollment.pass_to_second", _("Passed to a second officer")
    TAKE_SECOND = "enrollment.take_second", _("Case taken for the second opinion")
    REASSIGN = "enrollment.reassign", _("Case given to another officer")
    TAKE_BACK = "enrollment.take_back", _("Decision taken back")
    SET_PASSWORD = "enrollment.set_password", _("Password set")
    ACTIVATE = "enrollment.activate", _("Digital ID activated")
    EXPIRE = "enrollment.expire", _("Registration expired")
    REOPEN = "enrollment.reopen", _("Registration opened again")
    REISSUE = "enrollment.reissue", _("To be issued anew")
    WITHDRAW = "enrollment.withdraw", _("Registration withdrawn")
    APPEAL = "enrollment.appeal", _("Appeal filed")
    APPEAL_DECIDED = "enrollment.appeal_decided", _("Appeal decided")

    ENROLLMENT_RESUMED = "enrollment.resumed", _("Registration resumed")
    ENROLLMENT_UNLOCK_FAILED = "enrollment.unlock_failed", _("Wrong secret for a registration")
    RETURN_ASKED = "enrollment.return_asked", _("Selfie to come back handed in")
    RETURN_DECIDED = "enrollment.return_decided", _("Coming back decided by the face")
    DEVICE_REFUSED = "enrollment.device_refused", _("Another device than the verified one refused")
    FORMER_PROVEN = "enrollment.former_proven", _("Former device or password proven")
    SECOND_PERSON_ASKED = "enrollment.second_person_asked", _("Second person asked")
    SECOND_PERSON_ANSWERED = "enrollment.second_person_answered", _("Second person answered")
    IDENTITY_CHECKED = "enrollment.identity_checked", _("Identity checked in person")
    ENROLLMENT_CHANGED = "enrollment.changed", _("Registration data changed")

    CASE_VIEWED = "case.viewed", _("Case opened")
    CASE_IMAGE_VIEWED = "case.image_viewed", _("Photo of a case opened")
    CASE_SEARCHED = "case.searched", _("Cases searched")
    CASES_EXPORTED = "case.exported", _("List of cases exported")

    HELP_LOOKED = "help_line.looked", _("Looked whether a digital ID can be suspended")
    HELP_CODE_MADE = "help_line.code_made", _("Code for a call asked for")
    HELP_CODE_WRONG = "help_line.code_wrong", _("Wrong code of a call")
    HELP_STEP_OPENED = "help_line.step_opened", _("Step opened by the code of a call")

    EVIDENCE_DELETED = "evidence.deleted", _("Evidence deleted")
    FACE_DELETED = "evidence.face_deleted", _("Face and prints of pictures deleted")

    OFFICER_SIGNED_IN = "officer.signed_in", _("Officer signed in")
    OFFICER_SIGN_IN_FAILED = "officer.sign_in_failed", _("Sign-in failed")
    OFFICER_SIGNED_OUT = "officer.signed_out", _("Officer signed out")
    OFFICER_LOCKED_OUT = "officer.locked_out", _("Sign-in locked")
    OFFICER_MFA_ADDED = "officer.mfa_added", _("Second factor added")
    OFFICER_MFA_USED = "officer.mfa_used", _("Second factor used")
    OFFICER_MFA_FAILED = "officer.mfa_failed", _("Second factor refused")
    OFFICER_MFA_REMOVED = "officer.mfa_removed", _("Second factor removed")
    OFFICER_PASSWORD_CHANGED = "officer.password_changed", _("Officer's password changed")
    OFFICER_RIGHTS_CHANGED = "officer.rights_changed", _("Officer's rights changed")
    OFFICER_INVITED = "officer.invited", _("Officer invited")
    OFFICER_SUSPENDED = "officer.suspended", _("Officer suspended")
    OFFICER_REINSTATED = "officer.reinstated", _("Officer reinstated")
    OFFICER_SESSION_ENDED = "officer.session_ended", _("Officer's session ended")
    OFFICER_SUMMARY_CHANGED = "officer.summary_changed", _("Daily summary ordered or ended")
    OFFICE_CHANGED = "office.changed", _("Office changed")

    DIGITAL_ID_ISSUED = "digital_id.issued", _("Digital ID issued")
    DIGITAL_ID_CHECKED = "digital_id.checked", _("Digital ID checked")
    DIGITAL_ID_SUSPENDED = "digital_id.suspended", _("Digital ID suspended")
    DIGITAL_ID_RESUMED = "digital_id.resumed", _("Digital ID in force again")
    DIGITAL_ID_REVOKED = "digital_id.revoked", _("Digital ID revoked")
    DIGITAL_ID_UPDATED = "digital_id.updated", _("Digital ID brought up to date")
    RESUME_ASKED = "digital_id.resume_asked", _("Selfie to put it in force again handed in")
    RESUME_DECIDED = "digital_id.resume_decided", _("Putting in force again decided by the face")
    OTHERS_LOCKED = "digital_id.others_locked", _("Locked in all other browsers by the holder")
    REPLACEMENT_BEGUN = "digital_id.replacement_begun", _("Replacement announced")
    REPLACEMENT_STOPPED = "digital_id.replacement_stopped", _("Replacement stopped by the holder")
    REPLACEMENT_ENDED = "digital_id.replacement_ended", _("Replacement given up")
    DIGITAL_ID_UNLOCKED = "digital_id.unlocked", _("Digital ID unlocked")
    DIGITAL_ID_UNLOCK_FAILED = "digital_id.unlock_failed", _("Wrong password for a digital ID")
    END_ASKED = "digital_id.end_asked", _("End asked for by the holder")
    END_TAKEN_BACK = "digital_id.end_taken_back", _("End taken back by the holder")
    DATA_COPIED = "digital_id.data_copied", _("Copy of the data made for the holder")
    PASSWORD_CHANGED = "digital_id.password_changed", _("Password changed by the holder")
    CONTACT_CHANGED = "digital_id.contact_changed", _("Address for messages changed")
    DEVICE_BOUND = "device.bound", _("Device bound")
    DEVICE_RENAMED = "device.renamed", _("Device renamed")
    DEVICE_REMOVED = "device.removed", _("Device removed")
    PASSKEY_ADDED = "device.passkey_added", _("Fingerprint or face set up on a device")
    PASSKEY_REMOVED = "device.passkey_removed", _("Fingerprint or face ended on a device")
    PASSKEY_REFUSED = "device.passkey_refused", _("Fingerprint or face refused")
    PIN_SET = "device.pin_set", _("PIN set on a device")
    PIN_REMOVED = "device.pin_removed", _("PIN ended on a device")
    PIN_WRONG = "device.pin_wrong", _("Wrong PIN for a digital ID")
    HANDOFF_OPENED = "handoff.opened", _("Continued on another device")
    VERIFIER_REGISTERED = "verifier.registered", _("Checking authority registered")
    VERIFIER_CHANGED = "verifier.changed", _("Checking authority changed")
    WALLET_OFFERED = "wallet.offered", _("Digital ID offered to a wallet")
    SERVICE_AGREED = "service.agreed", _("Data agreed for a service")
    SERVICE_SIGNED_IN = "service.signed_in", _("Signed in to a service")
    SERVICE_CODE_REUSED = "service.code_reused", _("Code for a service came twice")
    SERVICE_ENDED = "service.ended", _("Consent to a service ended")
    PRESENTATION_ASKED = "presentation.asked", _("Service asked to be shown data")
    PRESENTATION_SHOWN = "presentation.shown", _("Data shown to a service")
    PRESENTATION_DECLINED = "presentation.declined", _("Showing data to a service declined")
    PRESENTATION_COLLECTED = "presentation.collected", _("Service collected what it was shown")

    ACCESS_LOG_READ = "access_log.read", _("Citizen read who looked")
    ACCESS_QUESTIONED = "access_log.questioned", _("Citizen asked about a look")
    CORRECTION_ASKED = "correction.asked", _("Correction of the data asked for")
    CORRECTION_READ = "correction.read", _("Request for correction read")
    ACCESS_ANSWERED = "access_log.answered", _("Citizen's question answered")

    REGISTER_IMPORTED = "register.imported", _("Register imported")
    REGISTER_IMPORT_FAILED = "register.import_failed", _("Import of the register failed")
    REGISTER_ROLLED_BACK = "register.rolled_back", _("Import rolled back")
    REGISTER_IMPORT_STARTED = "register.import_started", _("Import of the register started")
    REGISTER_IMPORT_PAUSED = "register.import_paused", _("Import of the register paused")
    REGISTER_IMPORT_RESUMED = "register.import_resumed", _("Import of the register continued")
    REGISTER_IMPORT_HELD = "register.import_held", _("Import of the register held back")
    REGISTER_SAMPLES_SEEN = "register.samples_seen", _("Samples of a held import looked at")
    REGISTER_IMPORT_AGREED = "register.import_agreed", _("Held import of the register agreed to")
    REGISTER_ENDS_AGREED = "register.ends_agreed", _("Ends of digital IDs agreed to")
    REGISTER_CHANGES_AGREED = "register.changes_agreed", _("Held changes of people agreed to")
    REGISTER_CHANGES_LEFT = "register.changes_left", _("Held changes of people left aside")
    REGISTER_FOLLOWED = "register.followed", _("Digital IDs brought up to the register")
    NOTICE_LEFT = "notice.left", _("Address left until registration opens")
    NOTICE_SENT = "notice.sent", _("People told that they can register")
    PILOT_IMPORTED = "pilot.imported", _("Digital IDs of the pilot taken over")
    PILOT_TAKEN_BACK = "pilot.taken_back", _("Digital IDs of the pilot taken back")
    PILOT_CASE_VIEWED = "pilot.case_viewed", _("Case of the pilot opened")
    PILOT_DECIDED = "pilot.decided", _("Case of the pilot decided")
    PILOT_RETURNED = "pilot.returned", _("Citizen of the pilot accepted the new terms")
    PHASE_CHANGED = "phase.changed", _("Rollout phase changed")
    LEVER_ASKED = "lever.asked", _("Guarded change asked for")
    LEVER_AGREED = "lever.agreed", _("Guarded change agreed to and made")
    LEVER_DECLINED = "lever.declined", _("Guarded change declined or withdrawn")
    SETTING_CHANGED = "setting.changed", _("Setting changed")
    LOG_ADOPTED = "log.adopted", _("Audit log adopted from another cluster")
    KEY_ROTATED = "key.rotated", _("Key rotated")
    RECORD_CHANGED = "record.changed", _("Record changed in the administration site")

    STATISTICS_EXPORTED = "statistics.exported", _("Statistics exported")
    AUDIT_VIEWED = "audit.viewed", _("Log searched")
    AUDIT_EXPORTED = "audit.exported", _("Log exported")
    AUDIT_SEALED = "audit.sealed", _("Month of the log sealed")
    AUDIT_DROPPED = "audit.dropped", _("Sealed month removed from the database")

    @classmethod
    def of(cls, move: str) -> "Action":
        """The action of an enrollment's move; raises ValueError for a move that has none."""
        return cls(f"enrollment.{move}")

    @property
    def stands_alone(self) -> bool:
        """True for a look or an attempt: nothing else changes with it, so it may come by itself."""
        return self in STANDS_ALONE


def action_choices() -> list[tuple[str, StrOrPromise]]:
    """For the model's field: a callable, so that a new action needs no migration."""
    return list(Action.choices)


STANDS_ALONE = frozenset(
    {
        Action.ENROLLMENT_RESUMED,
        Action.ENROLLMENT_UNLOCK_FAILED,
        Action.DEVICE_REFUSED,
        Action.CASE_VIEWED,
        Action.CASES_EXPORTED,
        Action.CASE_IMAGE_VIEWED,
        Action.CASE_SEARCHED,
        Action.HELP_CODE_WRONG,
        Action.PILOT_CASE_VIEWED,
        Action.OFFICER_SIGNED_IN,
        Action.OFFICER_SIGN_IN_FAILED,
        Action.OFFICER_SIGNED_OUT,
        Action.OFFICER_LOCKED_OUT,
        Action.OFFICER_MFA_ADDED,
        Action.OFFICER_MFA_USED,
        Action.OFFICER_MFA_FAILED,
        Action.OFFICER_MFA_REMOVED,
        Action.OFFICER_PASSWORD_CHANGED,
        Action.OFFICER_SESSION_ENDED,
        Action.DIGITAL_ID_CHECKED,
        Action.DIGITAL_ID_UNLOCKED,
        Action.DIGITAL_ID_UNLOCK_FAILED,
        Action.PASSKEY_REFUSED,
        Action.PIN_WRONG,
        Action.HANDOFF_OPENED,
        Action.ACCESS_LOG_READ,
        Action.DATA_COPIED,
        Action.CORRECTION_READ,
        Action.REGISTER_IMPORT_FAILED,
        Action.REGISTER_SAMPLES_SEEN,
        Action.KEY_ROTATED,
        Action.STATISTICS_EXPORTED,
        Action.AUDIT_VIEWED,
        Action.AUDIT_EXPORTED,
    }
)
