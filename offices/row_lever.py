"""Levers of reference data: rows whose every value is somebody's work or reach."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy, ngettext

from audit.actions import Action
from audit.services import Actor, record
from core.required import required
from core.typing import Json, StrOrPromise
from offices.levers import Effect, Lever, LeverRefused, labels_of
from offices.models import Office, Officer, belonging_to


class RowLever(Lever):
    """The fields of a row, which is never deleted. `key` is the field that names it."""

    model: ClassVar[type[Model]]
    fields: tuple[str, ...]
    key = "code"
    recorded_as: ClassVar[Action]

    def title(self, subject: str, new: Json) -> str:
        return str(self._known(subject) or new.get(self.key, subject))

    def present(self, subject: str) -> Json:
        row = self._known(subject)
        return {name: getattr(row, name) for name in self.fields} if row else {}

    def labels(self) -> dict[str, StrOrPromise]:
        return labels_of(self.model, (self.key, *self.fields))

    def carry_out(self, subject: str, new: Json, *, by: Officer) -> None:
        known = self._known(subject)
        row = known or self.model(**{self.key: new[self.key]})
        for name in new.keys() & set(self.fields):
            setattr(row, name, new[name])
        try:
            row.full_clean()
        except ValidationError as error:
            raise LeverRefused(" ".join(error.messages)) from error
        row.save()
        step, fields = ("changed" if known else "added"), sorted(new)
        record(self.recorded_as, row, actor=Actor.officer(by), step=step, fields=fields)

    def _known(self, subject: str) -> Any:
        rows = required(self.model._meta.default_manager, "a manager")
        return rows.filter(pk=subject).first() if subject else None


class OfficeLever(RowLever):
    """Its province decides whose cases and people a provincial officer sees."""

    code = "office"
    name = gettext_lazy("Registration office")
    model = Office
    fields = ("name_th", "name_en", "province_code", "province_th", "province_en")
    recorded_as = Action.OFFICE_CHANGED

    def effect(self, subject: str, new: Json) -> Effect:
        """Those who work there."""
        people = Officer.objects.filter(belonging_to(subject), is_active=True).count()
        words = ngettext(
            "%(count)s person works at this office.",
            "%(count)s people work at this office.",
            people,
        )
        return Effect(people, [words % {"count": f"{people:,}"}])
