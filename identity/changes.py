"""What the register would rewrite of a digital ID, and whether data of one person change so. Pure.

A marriage changes title and last name, a change of name the first or the last, a promotion the
title, a petition a birth date by a little. What changes otherwise is most often another person's
line, or columns that were sorted by themselves. Whoever did change both names waits for two people.
"""

from difflib import SequenceMatcher

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.titles import sex_of
from identity.person import REGISTERED, Person, comparable

REWRITTEN = tuple(name for name in REGISTERED if name != "number")
THAI_NAMES = frozenset({"first_name_th", "last_name_th"})
ENGLISH_NAMES = frozenset({"first_name_en", "last_name_en"})
TITLES = frozenset({"title_th", "title_en"})
MOST_YEARS = 1
ALIKE = 0.4  # two spellings of one Thai name in English share more of their letters


class Doubt(models.TextChoices):
    """Why somebody has to look first."""

    BORN_FAR_APART = "born_far_apart", _("The birth date moves by more than a year.")
    BORN_AND_NAMED = "born_and_named", _("Birth date and name change at once.")
    BOTH_NAMES = "both_names", _("First and last name change at once.")
    SEX = "sex", _("The titles say another sex.")
    ENGLISH = "english", _("A name is another one in English, and the same in Thai.")


def rewritten(before: Person, after: Person) -> dict[str, str]:
    """What `after` says otherwise, by the attributes' names; what it leaves unsaid, stays."""
    return {
        name: said
        for name in REWRITTEN
        if (said := getattr(after, name))
        and comparable(name, said) != comparable(name, getattr(before, name))
    }


def doubts(before: Person, after: Person) -> tuple[Doubt, ...]:
    """Why `before`, of a digital ID, would not become `after`; nothing where it well may."""
    changed = rewritten(before, after).keys()
    born = "birth_date" in changed and not _completed(before.birth_date, after.birth_date)
    found = {
        Doubt.BORN_FAR_APART: born and _years_apart(before, after) > MOST_YEARS,
        Doubt.BORN_AND_NAMED: born and bool(THAI_NAMES & changed),
        Doubt.BOTH_NAMES: changed >= THAI_NAMES,
        Doubt.SEX: bool(TITLES & changed) and len(_sexes(before) | _sexes(after)) > 1,
        Doubt.ENGLISH: any(_another_word(before, after, part) for part in changed & ENGLISH_NAMES),
    }
    return tuple(doubt for doubt, holds in found.items() if holds)


def _completed(one: str, other: str) -> bool:
    """`1952` and `1952-03-09` say the same, as far as both say it."""
    return one.startswith(other) or other.startswith(one)


def _years_apart(before: Person, after: Person) -> int:
    return abs(int(before.birth_date[:4]) - int(after.birth_date[:4]))


def _sexes(person: Person) -> set[str]:
    return {sex_of(person.title_th), sex_of(person.title_en)} - {""}


def _another_word(before: Person, after: Person, name: str) -> bool:
    """Whether a name becomes another one in English while the Thai it is spelled from stays."""
    thai = name.replace("_en", "_th")
    one, other = (comparable(name, getattr(person, name)) for person in (before, after))
    respelled = not one or SequenceMatcher(None, one, other).ratio() >= ALIKE
    return not respelled and thai not in rewritten(before, after)
