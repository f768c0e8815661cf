"""A person as card, register and digital ID name one: the fields, in one table, and the type."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.titles import in_full
from core.typing import Json, StrOrPromise
from identity.text import Script, latin, says_nothing, tidy, without_aside

LIFELONG = "lifelong"  # the expiry of a card that has none


class RegisterStatus(models.TextChoices):
    """What the register says of a person as a whole."""

    ALIVE = "alive", _("In the register")
    DECEASED = "deceased", _("Deceased")
    REMOVED = "removed", _("Removed from the register")


class Source(StrEnum):
    """Whose word stands behind an attribute of a digital ID. Never the form that was filled in."""

    REGISTER = "register"
    CARD = "card"
    OFFICER = "officer"


@dataclass(frozen=True)
class Field:
    """What holds of one attribute of a person.

    `on_card`: it is read off the card and compared with what was confirmed. `in_register`: the
    register holds it, and what was confirmed is compared with that. `binds`: only a sure reading
    ties the card to a record, as the register is asked by it. `issued`: it stands in the digital
    ID, with the first word of `sources` that there is.
    """

    name: str
    label: StrOrPromise
    script: Script
    required: bool = True
    on_card: bool = True
    in_register: bool = True
    binds: bool = False
    issued: bool = True
    longest: int = 80

    @property
    def sources(self) -> tuple[Source, ...]:
        first = (Source.REGISTER,) if self.in_register else ()
        return (*first, Source.CARD, Source.OFFICER)


FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        Field("number", _("National ID number"), Script.DIGITS, binds=True),
        Field("title_th", _("Title (Thai)"), Script.TITLE_TH, longest=40),
        Field("first_name_th", _("First name (Thai)"), Script.THAI),
        Field("last_name_th", _("Last name (Thai)"), Script.THAI, required=False),
        Field("title_en", _("Title (English)"), Script.TITLE_EN, longest=40),
        Field("first_name_en", _("First name (English)"), Script.ENGLISH),
        Field("last_name_en", _("Last name (English)"), Script.ENGLISH, required=False),
        Field("birth_date", _("Date of birth"), Script.DATE),
        Field("address", _("Address"), Script.ADDRESS, in_register=False, longest=200),
        Field("expiry_date", _("Date of expiry"), Script.DATE, in_register=False),
        Field("laser_code", _("Code on the back of the card"), Script.CODE, issued=False),
    )
}


@dataclass(frozen=True)
class Person:
    """Each attribute is text, "" where it is not known. Dates are ISO: a birth date may be `1952`
    or `1952-03`, an expiry may be LIFELONG.
    """

    number: str = ""
    title_th: str = ""
    first_name_th: str = ""
    last_name_th: str = ""
    title_en: str = ""
    first_name_en: str = ""
    last_name_en: str = ""
    birth_date: str = ""
    address: str = ""
    expiry_date: str = ""
    laser_code: str = ""

    @classmethod
    def from_json(cls, values: Json) -> "Person":
        """What `as_json` wrote, or rows of others with the same names; the rest is left out."""
        return cls(**{name: str(values.get(name) or "") for name in FIELDS})

    def as_json(self) -> dict[str, str]:
        """The attributes that are known."""
        return {name: value for name, value in self if value}

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((field.name, getattr(self, field.name)) for field in fields(self))

    @property
    def full_names(self) -> dict[str, str]:
        """Title and names as one line, by language: `th`, `en`."""
        parts = ("title", "first_name", "last_name")
        return {
            language: " ".join(
                filter(None, (getattr(self, f"{part}_{language}") for part in parts))
            )
            for language in ("th", "en")
        }


NOBODY = Person()


def comparable(name: str, text: str | None) -> str:
    """A field's text as it is compared: letters count, typing does not."""
    return COMPARED_AS[FIELDS[name].script](tidy(text or ""))


def differing(one: Person, other: Person, names: tuple[str, ...]) -> tuple[str, ...]:
    """Which of the fields the two do not agree in."""
    return tuple(
        name
        for name in names
        if comparable(name, getattr(one, name)) != comparable(name, getattr(other, name))
    )


def _name(text: str) -> str:
    return "" if says_nothing(text) else text.casefold()


def _bare(text: str) -> str:
    """Without spaces, points and hyphens, which the eye does not miss in codes and addresses."""
    return "".join(one for one in text if one not in " .-").casefold()


COMPARED_AS: dict[Script, Callable[[str], str]] = {
    Script.THAI: _name,
    Script.ENGLISH: lambda text: _name(without_aside(latin(text))),
    Script.TITLE_TH: in_full,
    Script.TITLE_EN: in_full,
    Script.DIGITS: _bare,
    Script.DATE: str.casefold,
    Script.CODE: _bare,
    Script.ADDRESS: lambda text: text.replace(" ", "").casefold(),
}
ON_CARD = tuple(name for name, field in FIELDS.items() if field.on_card)
IN_REGISTER = tuple(name for name, field in FIELDS.items() if field.in_register)
ISSUED = tuple(name for name, field in FIELDS.items() if field.issued)
# What the register's row says of a person; the code on the back is kept there as a hash only.
REGISTERED = tuple(name for name in IN_REGISTER if name != "laser_code")
