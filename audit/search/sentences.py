"""Entries as sentences, day by day: "Somchai of Bang Kapi approved case ABCD-EFGH-JKMN"."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import Action
from audit.models import ActorKind, Entry
from audit.search.sentence_words import SENTENCES
from audit.services import OPERATOR
from audit.words import ShownEntry, in_words


@dataclass(frozen=True)
class Said:
    sentence: str
    shown: ShownEntry

    @property
    def entry(self) -> Entry:
        return self.shown.entry


@dataclass(frozen=True)
class Day:
    day: datetime.date
    said: Sequence[Said]


def said(entries: Sequence[Entry]) -> list[Said]:
    """Each entry as a sentence, with as many queries for many as for few."""
    return [Said(_sentence(shown), shown) for shown in in_words(entries)]


def by_day(entries: Sequence[Entry]) -> list[Day]:
    """Days of Bangkok, in the order of the entries."""
    days = groupby(said(entries), key=lambda one: timezone.localtime(one.entry.at).date())
    return [Day(day, list(of_day)) for day, of_day in days]


def _sentence(shown: ShownEntry) -> str:
    entry = shown.entry
    words = {"who": _who(shown), "what": shown.subject}
    try:
        text = str(SENTENCES[Action(entry.action)]) % words
    except ValueError:  # an action of another time
        text = f"{words['who']}: {entry.action} {words['what']}"
    return text.replace("()", "").strip()


def _who(shown: ShownEntry) -> str:
    entry = shown.entry
    match entry.actor_kind:
        case ActorKind.CITIZEN:
            return _("The citizen")
        case ActorKind.SYSTEM:
            by_hand = entry.actor_id == OPERATOR.id
            return _("The operator at the command line") if by_hand else _("The portal")
        case ActorKind.ANONYMOUS:
            return _("Somebody not known")
    if not entry.office:
        return shown.actor
    return _("%(officer)s of %(office)s") % {"officer": shown.actor, "office": shown.office}
