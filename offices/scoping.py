"""Which rows an officer may see: those of the own office, of the province, or all."""

from django.db.models import Q

from offices import roles
from offices.models import Officer
from offices.roles import Role


def within_reach(officer: Officer, office_field: str = "office") -> Q:
    """The condition on `office_field` (a foreign key to Office) that keeps an officer in bounds."""
    if officer.role in roles.SEEING_EVERYTHING:
        return Q()
    if officer.role in roles.HELPING_CALLERS:
        return Q(pk__in=[])  # nothing, also of what has no office yet
    if officer.role == Role.PROVINCIAL:
        return Q(**{f"{office_field}__province_code": officer.province_code})
    return Q(**{office_field: officer.office_id})
