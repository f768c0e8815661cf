"""Sentences for codes that engines use."""

from django.utils.translation import gettext_lazy as _

CARD_PROBLEMS = {
    "not_a_thai_id_card": _("We could not find a Thai national ID card in the photo."),
    "cut_off": _("A part of the card is outside the photo. Please show the whole card."),
    "too_small": _("The card is too small in the photo. Please come closer."),
    "blurred": _("The photo of the card is blurred. Please hold still and take it again."),
    "glare_over_field": _("Light is reflected over the writing. Please tilt the card a little."),
}
CHALLENGE_STEPS = {
    "turn_left": _("Slowly turn your head to the left"),
    "turn_right": _("Slowly turn your head to the right"),
    "look_up": _("Slowly look up"),
    "come_closer": _("Come a little closer"),
}
STAGES = {
    "front": _("Reading the front of the card"),
    "back": _("Reading the back of the card"),
    "card": _("Comparing the card with the register"),
    "face": _("Comparing your face with the portrait"),
    "liveness": _("Making sure that it is you in person"),
    "duplicates": _("Making sure that nobody else uses your face"),
}
