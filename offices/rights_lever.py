"""The lever of people's rights. Taking away is for one; giving it, or more of it, takes two."""

import uuid

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.typing import Json, StrOrPromise
from offices import memberships, people
from offices.levers import Effect, Lever, LeverRefused, ShownOnce, labels_of
from offices.models import Office, Officer
from offices.roles import Role

RIGHTS = ("name", "role", "office", "is_active")
JOINS = "joins"
LINK, PASSWORD_LOST, FACTOR_LOST = "link", "password", "password and second factor"


class RightsLever(Lever):
    code = "rights"
    name = gettext_lazy("Rights")
    model = Officer
    not_logged = frozenset({"name", "email"})
    once = frozenset({LINK, JOINS, "email"})

    def title(self, subject: str, new: Json) -> str:
        known = known_officer(subject)
        return known.name if known else str(new.get("name", subject))

    def present(self, subject: str) -> Json:
        known = known_officer(subject)
        if known is None:
            return {LINK: "", JOINS: ""}
        values = {"name": known.name, "role": known.role, "office": known.office_id}
        return values | {"is_active": known.is_active, LINK: "", JOINS: ""}

    def labels(self) -> dict[str, StrOrPromise]:
        words = {LINK: _("New link"), JOINS: _("Further office")}
        return {**labels_of(Officer, (*RIGHTS, "email")), **words}

    def word(self, name: str, value: object) -> object:
        """Roles and offices by their names."""
        if name == "role" and value in Role.values:
            return Role(value).label
        office = Office.objects.filter(pk=value).first() if name in {"office", JOINS} else None
        return office.name if office else value

    def subject_of(self, new: Json) -> str:
        person = Officer.objects.filter(email=new.get("email", "")).first()
        return str(person.pk) if person else ""

    def effect(self, subject: str, new: Json) -> Effect:
        """One person gets in, or gets further."""
        role = str(new.get("role") or self.present(subject)["role"])
        words = [_("From then on this person works as: %(role)s.") % {"role": Role(role).label}]
        if new.get(JOINS):
            words.append(_("In several offices, and acts in one of them at a time."))
        return Effect(1, words)

    def carry_out(self, subject: str, new: Json, *, by: Officer) -> ShownOnce | None:
        known = known_officer(subject)
        try:
            if known is None:
                officer, secret = people.invite_officer(
                    email=new["email"], name=new["name"], role=new["role"],
                    office=_office(new.get("office")), by=by,
                )  # fmt: skip
                return _link(officer, secret)
            return self._change(known, new, by=by)
        except ValidationError as error:
            raise LeverRefused(" ".join(error.messages)) from error

    def _change(self, known: Officer, new: Json, *, by: Officer) -> ShownOnce | None:
        rights: Json = {"name": known.name, "role": known.role, "office": known.office_id} | new
        if new.keys() & {"name", "role", "office"}:
            office = _office(rights["office"])
            people.change_rights(
                known, name=rights["name"], role=rights["role"], office=office, by=by
            )
        if new.get(JOINS):
            memberships.add_membership(known, office=Office.objects.get(pk=new[JOINS]), by=by)
        if new.get("is_active"):
            people.reinstate_officer(known, by=by)
        if not new.get(LINK):
            return None
        lost = new[LINK] == FACTOR_LOST
        return _link(known, people.renew_link(known, by=by, second_factor_lost=lost))


def known_officer(subject: str) -> Officer | None:
    found = Officer.objects.filter(pk=uuid.UUID(subject)) if subject else Officer.objects.none()
    return found.first()


def _office(code: str | None) -> Office | None:
    return Office.objects.get(pk=code) if code else None


def _link(officer: Officer, secret: str) -> ShownOnce:
    about = _("Link for %(name)s") % {"name": officer.name}
    return ShownOnce(about, path=reverse("people:accept", args=[secret]))
