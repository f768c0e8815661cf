"""The lever of the pilot's files: taking one back deletes its digital IDs."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audit.services import Actor
from core.typing import Json
from offices.back_lever import BackLever
from offices.levers import Effect, LeverRefused
from offices.models import Officer
from pilot.models import PilotImport, PilotImportState
from pilot.services import check_untouched, take_file_back
from registration.errors import Refused


class PilotBackLever(BackLever):
    code = "pilot_back"
    name = gettext_lazy("Taking a file of the pilot back")
    model = PilotImport
    done, undone = PilotImportState.DONE.value, PilotImportState.TAKEN_BACK.value

    def effect(self, subject: str, new: Json) -> Effect:
        """Those whose digital ID goes."""
        members = self.known(subject).members
        people = members.filter(digital_id__isnull=False).count()
        deleted = ngettext(
            "%(count)s digital ID of this file is deleted.",
            "%(count)s digital IDs of this file are deleted.",
            people,
        )
        others = members.filter(digital_id__isnull=True).count()
        waiting = ngettext(
            "%(count)s other person of this file no longer waits for an officer.",
            "%(count)s other people of this file no longer wait for an officer.",
            others,
        )
        told = [(deleted, people), *([(waiting, others)] if others else [])]
        sentences = [words % {"count": f"{count:,}"} for words, count in told]
        return Effect(people, [*sentences, _("There is no way back but to import the file anew.")])

    def check(self, subject: str, new: Json) -> None:
        super().check(subject, new)
        try:
            check_untouched(self.known(subject))
        except Refused as refusal:
            raise LeverRefused(refusal.message) from refusal

    def carry_out(self, subject: str, new: Json, *, by: Officer) -> None:
        try:
            take_file_back(self.known(subject), actor=Actor.officer(by))
        except Refused as refusal:
            raise LeverRefused(refusal.message) from refusal
