"""Whom somebody may see on the list of people, let in, and send out.

A supervisor sees those who work for the office the supervisor acts in, wherever they act just now:
nobody gets out of sight by acting elsewhere. Officers among them the supervisor sends out alone and
asks for others to be let in; the officer of the province agrees, an administrator where several
provinces are concerned. Supervisors and all above them are the administrators' affair, and take two
of them.
"""

from collections.abc import Iterable

from django.db.models import Q

from offices.models import Membership, Office, Officer, belonging_to
from offices.roles import Role

OF_AN_OFFICE = (Role.OFFICER, Role.SUPERVISOR)


def people_seen_by(viewer: Officer) -> Q:
    """The condition on officers; for a supervisor those of the own office, and no central ones."""
    if viewer.manages_office:
        return belonging_to(viewer.office_id) & Q(role__in=OF_AN_OFFICE)
    return Q() if viewer.reads_people else Q(pk__in=[])


def offices_of(officer: Officer) -> list[Office]:
    """All that somebody works for; none for a central role."""
    further = Membership.objects.filter(officer=officer).values("office")
    return list(Office.objects.filter(Q(pk=officer.office_id) | Q(pk__in=further)))


def works_for(officer: Officer, office_code: str | None) -> bool:
    """Whether it is one of the offices of this officer, acted in just now or not."""
    if office_code is None or officer.office_id == office_code:
        return office_code is not None
    return Membership.objects.filter(officer=officer, office=office_code).exists()


def may_let_in(by: Officer, *, role: str, office: Office | None) -> bool:
    """Whether the agreement of this one lets somebody with this role into this office."""
    return may_let_into_all(by, role=role, offices=[office] if office else [])


def may_let_into_all(by: Officer, *, role: str, offices: Iterable[Office]) -> bool:
    if by.manages_people:
        return True
    provinces = {office.province_code for office in offices}
    return by.agrees_to_people and role == Role.OFFICER and provinces == {by.province_code}


def may_invite(by: Officer, *, role: str, office_code: str | None) -> bool:
    """Whether a supervisor may ask for somebody new of this role and office."""
    return by.manages_office and role == Role.OFFICER and office_code == by.office_id


def may_ask_about(by: Officer, officer: Officer) -> bool:
    """Whether a supervisor may ask for something for this one, or send this one out."""
    near = by.manages_office and officer.role == Role.OFFICER
    return near and works_for(officer, by.office_id)


def may_send_out(by: Officer, officer: Officer) -> bool:
    """Taking an officer's access away is for one alone; anybody else's takes two."""
    return officer.role == Role.OFFICER and (by.manages_people or may_ask_about(by, officer))


def may_end_membership(by: Officer, officer: Officer, office_code: str) -> bool:
    """For one alone as well; a supervisor ends that of the own office."""
    own = by.office_id == office_code and may_ask_about(by, officer)
    return officer.role in OF_AN_OFFICE and (by.manages_people or own)


def is_the_offices_affair(officer: Officer) -> bool:
    """Whether a supervisor switched this one off. What was done from above is undone there."""
    return officer.suspended_by is not None and officer.suspended_by.manages_office


def may_wake(by: Officer, officer: Officer) -> bool:
    near = may_let_into_all(by, role=officer.role, offices=offices_of(officer))
    return by.manages_people or (near and is_the_offices_affair(officer))
