"""The lever of exercises: how many of the cases that officers take bring one (decision 35)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy, ngettext

from core.typing import Json, StrOrPromise
from offices.levers import Effect, Lever, LeverRefused, labels_of
from offices.models import Officer
from offices.roles import Role
from registration.models import ExerciseShare, share_now

SUBJECT = "1"  # there is one share
FIELDS = ("percent", "a_day")


class ExerciseLever(Lever):
    """There is one share, for the country."""

    code = "exercises"
    name = gettext_lazy("Share of exercises")

    def title(self, subject: str, new: Json) -> str:
        return str(self.name)

    def present(self, subject: str) -> Json:
        share = share_now()
        return {name: getattr(share, name) for name in FIELDS}

    def labels(self) -> dict[str, StrOrPromise]:
        return labels_of(ExerciseShare, FIELDS)

    def effect(self, subject: str, new: Json) -> Effect:
        """Those among whose cases exercises come."""
        people = Officer.objects.filter(role=Role.OFFICER, is_active=True).count()
        words = ngettext(
            "%(count)s officer has exercises among the cases by this.",
            "%(count)s officers have exercises among their cases by this.",
            people,
        )
        return Effect(people, [words % {"count": f"{people:,}"}])

    def carry_out(self, subject: str, new: Json, *, by: Officer) -> None:
        share = share_now()
        for name in new.keys() & set(FIELDS):
            setattr(share, name, new[name])
        try:
            share.full_clean(validate_unique=False)
        except ValidationError as error:
            raise LeverRefused(" ".join(error.messages)) from error
        share.save()
