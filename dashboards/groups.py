"""The groups of people that checks are counted by, in words; registration.services.group_outcomes
tells them apart.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy, pgettext_lazy

from core.typing import StrOrPromise
from dashboards.devices import DEVICES
from verification.capture import Assurance

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
KINDS: tuple[tuple[str, StrOrPromise, Names], ...] = (
    ("capture", gettext_lazy("Checks by who took the pictures"), CAPTURES),
    ("age", gettext_lazy("Checks by age"), AGES),
    ("sex", gettext_lazy("Checks by sex"), SEXES),
    ("region", gettext_lazy("Checks by region"), REGIONS),
    ("device", gettext_lazy("Checks by device"), DEVICES),
)
