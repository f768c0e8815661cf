"""What findings, contradictions and signs mean, a sentence each: the words of explanations."""

from django.utils.translation import gettext_lazy as _

from core.typing import StrOrPromise
from verification.capture import Assurance, Light, Sign
from verification.cards.contradictions import Contradiction
from verification.findings import Check

CONTRADICTIONS: dict[str, StrOrPromise] = {
    Contradiction.CHECK_DIGIT: _("the number's check digit is wrong"),
    Contradiction.TITLES: _("the titles in Thai and English differ"),
    Contradiction.DATES: _("a date is another in Thai than in English"),
    Contradiction.EXPIRY: _("the card does not expire on the eve of a birthday"),
    Contradiction.REQUEST: _("the number under the portrait names another day of issue"),
}
CAPTURED_BY: dict[str, StrOrPromise] = {
    Assurance.ATTESTED: _("The app took the pictures; its store vouches for it."),
    Assurance.LIVE: _("A browser's camera took the pictures."),
}
CAPTURES: dict[str, StrOrPromise] = {
    Sign.FILE: _("The selfie came without head turns: from a file, or taken by a press."),
    Sign.VIRTUAL_CAMERA: _("A program took the camera's place (a virtual camera)."),
    Sign.NAMELESS_CAMERA: _(
        "The browser named no camera, as it does once one may be used: perhaps a program sent the"
        " pictures."
    ),
    Sign.EVEN_TIMES: _(
        "All frames are equally far apart to the millisecond, as no page takes them: a program may"
        " have made up the times."
    ),
    Sign.UNKNOWN_APP: _("The app could not prove that it is the real one on a sound device."),
    Sign.SAME_GRAIN: _(
        "The turned head shows the same fine grain as the straight one, as in one picture that was"
        " bent; a camera's is another in each frame."
    ),
    Sign.OTHER_LIGHT: _(
        "The face does not show the colours that the screen threw on it but others, or is another"
        " face: it may be a film made before."
    ),
}
LIGHTS: dict[str, StrOrPromise] = {
    Light.FOLLOWED: _("The colours of the screen were seen on the face."),
    Light.UNCLEAR: _(
        "Whether the colours of the screen lit the face cannot be told: the room was too bright, or"
        " the head moved. That says nothing against anybody."
    ),
}
SIGNS: dict[str, StrOrPromise] = {
    "grid": _("A fine grid lies over the photo, as screens have."),
    "dark_rim": _("A dark straight rim is around the card, as phones have around their picture."),
    "colourless": _("The card has no colours."),
    "print_dots": _("The card is made of dots, as an office printer sets them."),
    "square_corners": _("The card's corners are square, as scissors cut them."),
    "no_chip": _("There is no chip in its place; cards issued before 2005 have none."),
    "marked": _("Large red letters are laid across the card, as on specimens."),
    "portrait_rim": _("A thin shadow runs along the portrait, as if it were glued on."),
    "unlike_digits": _("Equal digits of the ID number are printed unlike each other."),
}
MEANING: dict[str, StrOrPromise] = {
    Check.CARD_READABLE: _(
        "The photo of the card is not sharp. Compare the fields with the picture."
    ),
    Check.PORTRAIT_FOUND: _("No face was found in the portrait on the card."),
    Check.FACE_FOUND: _("The selfie does not show exactly one face."),
    Check.FACE_QUALITY: _("The selfie is not clear enough for a sure comparison."),
    Check.OWN_PICTURE: _(
        "The selfie looks like the card's own portrait, photographed or enlarged. See the person."
    ),
    Check.FACE_MATCH: _("The faces are less alike than two photos of one person usually are."),
    Check.LIVENESS: _("The selfie may be a photo of a picture or of a screen."),
    Check.CHALLENGE: _(
        "The head turns were not done or not followed. A camera may have been missing."
    ),
    Check.SOLID: _(
        "The turned head may be one picture that was bent. Look for ears, hair and light that"
        " do not change as they should."
    ),
    Check.FORMER_PROVEN: _(
        "Neither the former device nor its password was proven. If you approve, the present digital"
        " ID stays valid for a day, in which its holder can object."
    ),
    Check.WAY_FITS: _(
        "The number has a digital ID already, or a renewal's number has none: it cannot be approved"
        " this way."
    ),
    Check.DUPLICATE: _("This face is known under another number. Compare the pictures."),
}
HANDED_IN_BEFORE = _(
    "A picture was handed in before, or twice: it may be a recording. Ask for a new one,"
    " or see the person."
)
VERIFIED_BEFORE = _(
    "Pictures of this face were believed under this number before. A recording of those, cut a"
    " little, would look new: compare the selfies, or see the person."
)
