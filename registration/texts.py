"""Sentences for codes that engines use."""

from django.utils.translation import gettext_lazy as _

CARD_PROBLEMS = {
    "not_a_thai_id_card": _("We could not find a Thai national ID card in the photo."),
    "front_shown": _("This is the front of the card. Please photograph its back."),
    "back_shown": _("This is the back of the card. Please photograph its front."),
    "driving_licence": _("This is a driving licence. Please photograph your national ID card."),
    "non_thai_card": _(
        "This is the card of a person without Thai nationality. A digital ID can only be opened"
        " with a Thai national ID card; an office helps you further."
    ),
    "cut_off": _("A part of the card is outside the photo. Please show the whole card."),
    "too_small": _("The card is too small in the photo. Please come closer."),
    "blurred": _("The photo of the card is blurred. Please hold still and take it again."),
    "number_unsure": _(
        "The ID number could not be read surely. Please photograph the card again, closer."
    ),
    "code_unsure": _(
        "The code on the back could not be read surely. Please photograph it again, closer."
    ),
    "not_as_read": _(
        "The card could not be read as you confirmed it. Please photograph it once more; if it"
        " still cannot be read, an officer looks at it."
    ),
    "expired": _("This card has expired. Please renew it at a registration office first."),
    "glare_over_field": _("Light is reflected over the writing. Please tilt the card a little."),
}
FACE_HINTS = {
    "no_face": _("We could not find your face in the selfie. Please show your whole face."),
    "several_faces": _("There was more than one face in the selfie."),
    "too_far": _("Your face was too small in the selfie. Please come closer."),
    "not_upright": _("The selfie lay on its side. Please hold the phone upright."),
    "cut_off": _("A part of your face was outside the selfie. Please show your whole face."),
    "too_dark": _("The selfie was too dark. Please turn towards the light."),
    "too_bright": _("The selfie was too bright. Please turn away from the light."),
    "blurred": _("The selfie was blurred. Please hold still and wipe the lens."),
    "turned_away": _("Your face was turned away in the selfie. Please look straight ahead."),
    "eyes_closed": _(
        "Your eyes were not seen open in the selfie. Please take off dark glasses, and keep hair"
        " from your eyes."
    ),
    "covered": _("Your mouth or nose was covered in the selfie. Please take off the mask."),
    "dark_glasses": _("Please take off the dark glasses: both eyes have to be seen in the selfie."),
}
CHALLENGE_STEPS = {
    "turn_left": _("Slowly turn your head to the left"),
    "turn_right": _("Slowly turn your head to the right"),
    "look_up": _("Slowly look up"),
    "come_closer": _("Come a little closer"),
    "colours": _("Look at the screen and hold still"),
}
NOT_YOU = _("The selfie could not be matched with the person that was verified.")
RETURN_REASONS = {
    "face_found": _("We could not see your face clearly in the selfie."),
    "face_quality": _(
        "The selfie was too dark, too bright or blurred, or something covered your face."
    ),
    "challenge": _("The head turns were not seen. Please follow the hints on the screen."),
    "liveness": _("The selfie has to be taken of you in person, not of a picture."),
    "solid": _("The head turns were not seen. Please follow the hints on the screen."),
    "capture": _(
        "Please take the selfie with the app, or with your phone's camera in its browser."
    ),
    "fresh_pictures": _("Please take a new selfie: these pictures were handed in before."),
    "portrait_found": NOT_YOU,
    "face_match": NOT_YOU,
}
NOT_THE_HOLDER = _("The selfie could not be matched with the photo of your digital ID.")
RESUME_REASONS = RETURN_REASONS | {
    "portrait_found": NOT_THE_HOLDER,
    "face_match": NOT_THE_HOLDER,
    "own_picture": _("Please take a new selfie: this one looks like the photo of your digital ID."),
}
STAGES = {
    "front": _("Reading the front of the card"),
    "back": _("Reading the back of the card"),
    "card": _("Comparing the card with the register"),
    "face": _("Comparing your face with the portrait"),
    "liveness": _("Making sure that it is you in person"),
    "duplicates": _("Making sure that nobody else uses your face"),
}
