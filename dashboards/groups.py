"""The groups of people that checks are counted by, in words; registration.services.group_outcomes
tells them apart. What is on trial is counted as well: of those with such a sign, how many passed
alone is what it would cost.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy, pgettext_lazy

from core.typing import StrOrPromise
from dashboards.devices import DEVICES
from verification.capture import Assurance, Light

Names = Mapping[str, StrOrPromise]
CAPTURES: Names = {
    Assurance.ATTESTED: gettext_lazy("App that its store vouches for"),
    Assurance.LIVE: gettext_lazy("Camera of a browser"),
    Assurance.UNATTESTED: gettext_lazy("Nobody vouches for it"),
}
AGES: Names = {
    "7": gettext_lazy("Under 18"),
    "18": gettext_lazy("18 to 29"),
    "30": gettext_lazy("30 to 44"),
    "45": gettext_lazy("45 to 59"),
    "60": gettext_lazy("60 to 74"),
    "75": gettext_lazy("75 and older"),
}
SEXES: Names = {
    "woman": pgettext_lazy("by title", "Women"),
    "man": pgettext_lazy("by title", "Men"),
}
REGIONS: Names = {
    "central": gettext_lazy("Bangkok and Central"),
    "east": gettext_lazy("East"),
    "northeast": gettext_lazy("Northeast"),
    "north": gettext_lazy("North"),
    "west": gettext_lazy("West"),
    "south": gettext_lazy("South"),
}
GRAINS: Names = {
    "own": gettext_lazy("Each picture has its own"),
    "same": gettext_lazy("The same in all, as in one bent picture"),
    "none": gettext_lazy("No head turned far enough"),
}
LIGHTS: Names = {
    Light.FOLLOWED: gettext_lazy("Seen on the face"),
    Light.UNCLEAR: gettext_lazy("Cannot be told"),
    Light.OTHER: gettext_lazy("Another light"),
    Light.SOMEBODY_ELSE: gettext_lazy("Another face"),
    "none": gettext_lazy("Not shown, or done without"),
}
KINDS: tuple[tuple[str, StrOrPromise, Names], ...] = (
    ("capture", gettext_lazy("Checks by who took the pictures"), CAPTURES),
    ("age", gettext_lazy("Checks by age"), AGES),
    ("sex", gettext_lazy("Checks by sex"), SEXES),
    ("region", gettext_lazy("Checks by region"), REGIONS),
    ("device", gettext_lazy("Checks by device"), DEVICES),
    ("grain", gettext_lazy("Checks by the grain of the pictures"), GRAINS),
    ("light", gettext_lazy("Checks by the light of the screen's colours"), LIGHTS),
)
OF_PICTURES = frozenset({"capture", "grain", "light"})  # of how they were taken, not of whom
