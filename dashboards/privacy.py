"""No number from 1 to 4 below a province is shown to those outside that office.

One hidden number among shown ones would follow from their sum: then the smallest shown one is
hidden as well.
"""

from dashboards.tables import HIDDEN
from offices.models import Office, Officer
from offices.roles import SEEING_EVERYTHING, Role

FEWEST = 5


def is_inside(officer: Officer, office: Office) -> bool:
    """Whether the office's small numbers are this officer's own matter."""
    if officer.role in SEEING_EVERYTHING:
        return False
    if officer.role == Role.PROVINCIAL:
        return officer.office.province_code == office.province_code
    return officer.office_id == office.pk


def guarded(counts: dict[Office, int], *, officer: Officer) -> dict[Office, int]:
    """The counts of one province's offices, with small ones replaced by HIDDEN."""
    hidden = {
        office
        for office, count in counts.items()
        if 0 < count < FEWEST and not is_inside(officer, office)
    }
    shown = {
        office: count
        for office, count in counts.items()
        if office not in hidden and count and not is_inside(officer, office)
    }
    if len(hidden) == 1 and shown:
        hidden.add(min(shown, key=lambda office: (shown[office], office.pk)))
    return {office: HIDDEN if office in hidden else count for office, count in counts.items()}
