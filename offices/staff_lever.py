"""The lever of an office's people: its supervisor asks, the officer of the province agrees."""

from django.utils.translation import gettext_lazy

from core.typing import Json
from offices.models import Office, Officer, Proposal
from offices.reach import is_the_offices_affair, may_ask_about, may_let_in
from offices.rights_lever import LINK, RIGHTS, RightsLever, known_officer
from offices.roles import Role

INVITED = {"email", "name", "role", "office"}


class StaffLever(RightsLever):
    """Officers of one office: invited, moved within the province, switched on again."""

    code = "staff"
    name = gettext_lazy("People of an office")
    once = frozenset({*RIGHTS, "email", LINK})  # another change is asked for anew
    agreeing = gettext_lazy("The officer of the province or an administrator has to agree.")

    def may_ask(self, by: Officer, subject: str, new: Json) -> bool:
        known = known_officer(subject)
        if known is None:
            mine = may_ask_about(by, role=str(new.get("role")), office_code=new.get("office"))
            return not subject and new.keys() == INVITED and mine
        own = may_ask_about(by, role=known.role, office_code=known.office_id)
        if not own or by.pk == known.pk:
            return False
        if new.keys() == {"office"}:
            return Office.objects.filter(pk=new["office"], province_code=by.province_code).exists()
        return new == {"is_active": True} and is_the_offices_affair(known)

    def may_answer(self, by: Officer, proposal: Proposal) -> bool:
        return may_let_in(by, role=Role.OFFICER, office=proposal.office)

    def office_of(self, subject: str, new: Json) -> str | None:
        known = known_officer(subject)
        return known.office_id if known else new["office"]
