"""What helps against the fault that was found, and no other: icon and sentence each."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.typing import StrOrPromise
from registration.models import Enrollment, RetakeReason

Tip = tuple[str, StrOrPromise]
LIGHT: Tip = ("sun", _("Face a window or a lamp"))
LESS_LIGHT: Tip = ("sun", _("Turn away from the sun or the lamp"))
STILL: Tip = ("pause", _("Hold still, your elbows on a table"))
LENS: Tip = ("camera", _("Wipe the lens of the camera"))
WHOLE: Tip = ("face", _("Keep your whole face in the oval"))
HEIGHT: Tip = ("phone", _("Hold the phone at the height of your eyes"))
UPRIGHT: Tip = ("phone", _("Hold the phone upright"))
EYES: Tip = ("eye", _("Take off dark glasses, open your eyes and look at the camera"))
UNCOVERED: Tip = ("face", _("Take off the mask, and keep hands and hair from your face"))
ALONE: Tip = ("user", _("Nobody else in the picture, no pictures on the wall behind you"))
SLOWLY: Tip = ("refresh", _("Turn your head slowly, as the hint on the screen says, and back"))
IN_PERSON: Tip = ("face", _("Be before the camera yourself: no photo, no other screen"))
FLAT: Tip = ("card", _("Lay the card on a dark, plain surface, all four corners in the picture"))
NO_GLARE: Tip = ("sun", _("Tilt the card until nothing is reflected on the face printed on it"))

OF_HINTS: dict[str, tuple[Tip, ...]] = {
    "no_face": (WHOLE, HEIGHT),
    "several_faces": (ALONE,),
    "too_far": (WHOLE, HEIGHT),
    "not_upright": (UPRIGHT,),
    "cut_off": (WHOLE, HEIGHT),
    "too_dark": (LIGHT,),
    "too_bright": (LESS_LIGHT,),
    "blurred": (STILL, LENS),
    "turned_away": (HEIGHT, WHOLE),
    "eyes_closed": (EYES,),
    "covered": (UNCOVERED,),
    "dark_glasses": (EYES,),
}
OF_REASONS: dict[str, tuple[Tip, ...]] = {
    RetakeReason.FACE_UNCLEAR: (WHOLE, HEIGHT, UNCOVERED),
    RetakeReason.FACE_QUALITY: (LIGHT, STILL, LENS),
    RetakeReason.SEVERAL_FACES: (ALONE,),
    RetakeReason.NOT_LIVE: (IN_PERSON,),
    RetakeReason.CHALLENGE: (SLOWLY, WHOLE),
    RetakeReason.CARD_UNCLEAR: (FLAT, STILL, LENS),
    RetakeReason.PORTRAIT_UNCLEAR: (NO_GLARE, STILL),
}


def tips_for(enrollment: Enrollment, hint: str) -> tuple[Tip, ...]:
    """By the machine's hint where there is one, else by the reason."""
    return OF_HINTS.get(hint) or OF_REASONS[RetakeReason(enrollment.retake_reason)]


OF_CHECKS: dict[str, tuple[Tip, ...]] = {
    "face_found": (WHOLE, ALONE),
    "face_quality": (LIGHT, STILL, UNCOVERED),
    "challenge": (SLOWLY, WHOLE),
    "solid": (SLOWLY, WHOLE),
    "liveness": (IN_PERSON, LIGHT),
    "own_picture": (IN_PERSON, LIGHT),
    "fresh_pictures": (IN_PERSON,),
    "face_match": (LIGHT, UNCOVERED, HEIGHT),
}


def tips_of_check(check: str) -> tuple[Tip, ...]:
    """What helps where no officer and no enrollment is concerned, by the check that failed."""
    return OF_CHECKS.get(check, ())


def tries_left(enrollment: Enrollment) -> int:
    """Selfies that the machine takes before an officer looks at them; 0 where one has asked."""
    return max(0, settings.MAX_SELFIE_ATTEMPTS - enrollment.selfie_attempts)
