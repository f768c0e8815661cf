"""Whom somebody may see on the list of people, let in, and send out.

A supervisor sees the own office, sends its officers out alone and asks for others to be let in; the
officer of the province agrees. Supervisors and all above them are the administrators' affair.
"""

from django.db.models import Q

from offices.models import Office, Officer
from offices.roles import Role

OF_AN_OFFICE = (Role.OFFICER, Role.SUPERVISOR)


def people_seen_by(viewer: Officer) -> Q:
    """The condition on officers; for a supervisor those of the own office, and no central ones."""
    if viewer.manages_office:
        return Q(office=viewer.office_id, role__in=OF_AN_OFFICE)
    return Q() if viewer.reads_people else Q(pk__in=[])


def may_let_in(by: Officer, *, role: str, office: Office | None) -> bool:
    """Whether the agreement of this one lets somebody with this role into this office."""
    if by.manages_people:
        return True
    near = office is not None and by.agrees_to_people and office.province_code == by.province_code
    return near and role == Role.OFFICER


def may_ask_about(by: Officer, *, role: str, office_code: str | None) -> bool:
    """Whether a supervisor may ask for, or send out, somebody of this role and office."""
    return by.manages_office and role == Role.OFFICER and office_code == by.office_id


def may_send_out(by: Officer, officer: Officer) -> bool:
    """Taking access away is for one alone."""
    near = may_ask_about(by, role=officer.role, office_code=officer.office_id)
    return by.manages_people or near


def is_the_offices_affair(officer: Officer) -> bool:
    """Whether a supervisor switched this one off. What was done from above is undone there."""
    return officer.suspended_by is not None and officer.suspended_by.manages_office


def may_wake(by: Officer, officer: Officer) -> bool:
    near = may_let_in(by, role=officer.role, office=officer.office)
    return by.manages_people or (near and is_the_offices_affair(officer))
