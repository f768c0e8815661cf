"""What a relying party may be told of a person, by name, and the scopes that ask for it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.templatetags.thai import people_date
from identity.credential.sd_jwt import claims_of
from identity.models import DigitalID

AGE_PREFIX = "age_over_"


class Claim(models.TextChoices):
    NAME = "name", _("Name in Thai")
    NAME_EN = "name_en", _("Name in English")
    GIVEN_NAME = "given_name", _("First name")
    FAMILY_NAME = "family_name", _("Last name")
    BIRTHDATE = "birthdate", _("Date of birth")
    OVER_18 = "age_over_18", _("Whether you are 18 or older")
    OVER_20 = "age_over_20", _("Whether you are 20 or older")
    OVER_60 = "age_over_60", _("Whether you are 60 or older")
    MASKED_NUMBER = "masked_number", _("ID number with digits hidden")
    DATE_OF_EXPIRY = "date_of_expiry", _("End of the digital ID")
    ASSURANCE = "assurance", _("Assurance level")


SCOPES = {
    "profile": ("name", "name_en", "given_name", "family_name", "birthdate"),
    "age": ("age_over_18", "age_over_20", "age_over_60"),
    "card": ("masked_number", "date_of_expiry", "assurance"),
}
DATES = {Claim.BIRTHDATE, Claim.DATE_OF_EXPIRY}


def asked_for(scope: str) -> list[str]:
    """The claims that a scope text such as `openid profile` names, in their own order."""
    named = {claim for each in scope.split() for claim in SCOPES.get(each, ())}
    return [claim for claim in Claim.values if claim in named]


def values_of(digital_id: DigitalID, names: list[str]) -> dict[str, object]:
    """The values of the claims named; one the digital ID has no value for is left out."""
    facts, ages = claims_of(digital_id, on=timezone.localdate())
    known = facts | {f"{AGE_PREFIX}{years}": reached for years, reached in ages.items()}
    return {name: known[name] for name in names if known.get(name) not in (None, "")}


def in_words(name: str, value: object) -> str:
    """A value as the person reads it before agreeing."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    return people_date(value) if name in DATES else str(value)
