"""The lever of an office's people: its supervisor asks, the officer of the province agrees."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.typing import Json
from offices.levers import Effect, LeverRefused, ShownOnce
from offices.models import Office, Officer, Proposal
from offices.reach import (
    is_the_offices_affair,
    may_ask_about,
    may_invite,
    may_let_into_all,
    offices_of,
)
from offices.rights_lever import JOINS, LINK, RIGHTS, RightsLever, known_officer
from offices.roles import Role

INVITED = {"email", "name", "role", "office"}
BY_ADDRESS = {"email", JOINS}  # of somebody elsewhere, whom the supervisor does not see


class StaffLever(RightsLever):
    """Officers of one office: invited, moved within the province, let into a further office,
    switched on again.
    """

    code = "staff"
    name = gettext_lazy("People of an office")
    once = frozenset({*RIGHTS, "email", LINK, JOINS})  # another change is asked for anew
    agreeing = gettext_lazy("The officer of the province or an administrator has to agree.")

    def title(self, subject: str, new: Json) -> str:
        return str(new["email"]) if new.keys() == BY_ADDRESS else super().title(subject, new)

    def effect(self, subject: str, new: Json) -> Effect:
        return super().effect(subject, {"role": Role.OFFICER} | new)

    def may_ask(self, by: Officer, subject: str, new: Json) -> bool:
        known = known_officer(subject)
        if known is None:
            return not subject and _may_ask_for_one(by, new)
        if not may_ask_about(by, known) or by.pk == known.pk:
            return False
        if new.keys() == {"office"}:
            return Office.objects.filter(pk=new["office"], province_code=by.province_code).exists()
        if new.keys() == {JOINS}:
            return Office.objects.filter(pk=new[JOINS]).exists()
        return new == {"is_active": True} and is_the_offices_affair(known)

    def may_answer(self, by: Officer, proposal: Proposal) -> bool:
        """Every office that is concerned is of the own province, for who is no administrator."""
        new, person = proposal.new, known_officer(proposal.subject)
        if person is None and JOINS in new:
            person = Officer.objects.filter(email=new["email"]).first()
        codes = {proposal.office_id, new.get("office"), new.get(JOINS)} - {None, ""}
        concerned = [*Office.objects.filter(pk__in=codes), *(offices_of(person) if person else [])]
        return may_let_into_all(by, role=Role.OFFICER, offices=concerned)

    def office_of(self, subject: str, new: Json, *, by: Officer) -> str | None:
        return by.office_id

    def carry_out(self, subject: str, new: Json, *, by: Officer) -> ShownOnce | None:
        if new.keys() != BY_ADDRESS:
            return super().carry_out(subject, new, by=by)
        person = Officer.objects.filter(email=new["email"], role=Role.OFFICER).first()
        if person is None or not person.is_active:
            raise LeverRefused(_("No officer has an account with this address."))
        return super().carry_out(str(person.pk), {JOINS: new[JOINS]}, by=by)


def _may_ask_for_one(by: Officer, new: Json) -> bool:
    if new.keys() == BY_ADDRESS:
        return by.manages_office and new[JOINS] == by.office_id
    mine = may_invite(by, role=str(new.get("role")), office_code=new.get("office"))
    return new.keys() == INVITED and mine
