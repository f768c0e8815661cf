"""The lever of lists: many officers let in at once, asked for by one and agreed to by another."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.typing import Json, StrOrPromise
from offices import lists
from offices.levers import Effect, Lever
from offices.models import Officer, PeopleList, Proposal
from offices.reach import may_let_into_all
from offices.roles import Role

LISTED = "listed"


class ListLever(Lever):
    """The subject is the digest of the lines, so what is agreed to is what was asked for."""

    code = "list"
    name = gettext_lazy("List of officers")
    once = frozenset({LISTED})
    agreeing = gettext_lazy("The officer of the province or an administrator has to agree.")

    def title(self, subject: str, new: Json) -> str:
        kept = PeopleList.objects.select_related("office").filter(pk=subject).first()
        people = kept.people if kept else 0
        words = ngettext("%(people)s person", "%(people)s people", people)
        said = words % {"people": f"{people:,}"}
        return f"{said}, {kept.office.name}" if kept and kept.office else said

    def present(self, subject: str) -> Json:
        kept = PeopleList.objects.filter(pk=subject).first()
        return {LISTED: kept.people if kept and kept.invited_at else 0}

    def labels(self) -> dict[str, StrOrPromise]:
        return {LISTED: _("People let in")}

    def effect(self, subject: str, new: Json) -> Effect:
        kept = PeopleList.objects.filter(pk=subject).first()
        people = kept.people if kept else 0
        words = ngettext(
            "%(count)s person gets an account as an officer, and a link by mail.",
            "%(count)s people get accounts as officers, and links by mail.",
            people,
        )
        return Effect(people, [words % {"count": f"{people:,}"}])

    def page(self, subject: str) -> str:
        there = PeopleList.objects.filter(pk=subject).exists()
        return reverse("people:listed", args=[subject]) if there else ""

    def may_ask(self, by: Officer, subject: str, new: Json) -> bool:
        kept = PeopleList.objects.filter(pk=subject, invited_at=None).first()
        if kept is None or new != {LISTED: kept.people} or not settings.STAFF_EMAIL_DOMAINS:
            return False
        own = by.manages_office and kept.office_id == by.office_id
        return by.manages_people or own

    def may_answer(self, by: Officer, proposal: Proposal) -> bool:
        kept = PeopleList.objects.filter(pk=proposal.subject).first()
        offices = lists.offices_in(kept) if kept else []
        return may_let_into_all(by, role=Role.OFFICER, offices=offices)

    def office_of(self, subject: str, new: Json, *, by: Officer) -> str | None:
        return by.office_id

    def carry_out(self, subject: str, new: Json, *, by: Officer) -> None:
        lists.invite_listed(subject, by=by)
