"""The lever of the reasons for decisions: words that citizens read, and what they stand for."""

from typing import ClassVar

from django.utils.translation import gettext_lazy, ngettext

from audit.actions import Action
from core.typing import Json
from offices.levers import Effect
from offices.models import Officer
from offices.roles import DECIDING
from offices.row_lever import RowLever
from registration.models import DecisionReason


class ReasonLever(RowLever):
    code = "reason"
    name = gettext_lazy("Reason for a decision")
    model = DecisionReason
    fields = ("move", "stands_for", "text_th", "text_en", "position", "active")
    recorded_as = Action.RECORD_CHANGED
    out_of_use: ClassVar[Json] = {"active": False}

    def effect(self, subject: str, new: Json) -> Effect:
        """Those who choose from the reasons."""
        people = Officer.objects.filter(role__in=sorted(DECIDING), is_active=True).count()
        words = ngettext(
            "%(count)s officer chooses from the reasons.",
            "%(count)s officers choose from the reasons.",
            people,
        )
        return Effect(people, [words % {"count": f"{people:,}"}])
