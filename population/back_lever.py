"""The lever of the register's imports: rolling one back changes the register of the nation."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from audit.services import Actor
from core.typing import Json
from offices.back_lever import BackLever
from offices.levers import Effect, LeverRefused
from offices.models import Officer
from population.imports.services import TOO_LONG_AGO, ImportRefused, roll_back
from population.imports.staging import RegisterBusy
from population.imports.steering import steps_of
from population.models import ImportRun, RunState


class RegisterBackLever(BackLever):
    code = "register_back"
    name = gettext_lazy("Rolling an import of the register back")
    model = ImportRun
    done, undone = RunState.DONE.value, RunState.ROLLED_BACK.value

    def effect(self, subject: str, new: Json) -> Effect:
        """Those whose row of the register the import added, changed or removed."""
        run: ImportRun = self.known(subject)
        before = run.changed + run.removed
        gone = ngettext(
            "%(count)s person whom the file added is no longer in the register.",
            "%(count)s people whom the file added are no longer in the register.",
            run.inserted,
        )
        back = ngettext(
            "%(count)s person is in the register as before the file.",
            "%(count)s people are in the register as before the file.",
            before,
        )
        told = [(gone, run.inserted), (back, before)]
        sentences = [words % {"count": f"{count:,}"} for words, count in told if count]
        follow = _("Digital IDs follow the register. One that was revoked stays so.")
        return Effect(run.inserted + before, [*sentences, follow])

    def check(self, subject: str, new: Json) -> None:
        super().check(subject, new)
        run: ImportRun = self.known(subject)
        if not run.may_be_rolled_back:
            raise LeverRefused(TOO_LONG_AGO)
        if "roll_back" not in steps_of(run):
            raise LeverRefused(
                _("A newer file has been taken over since. Roll that one back first.")
            )

    def carry_out(self, subject: str, new: Json, *, by: Officer) -> None:
        try:
            roll_back(self.known(subject), actor=Actor.officer(by))
        except (ImportRefused, RegisterBusy) as refusal:
            raise LeverRefused(str(refusal)) from refusal
