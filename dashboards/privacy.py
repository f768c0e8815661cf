"""No number from 1 to 4 below a province is shown to those outside that office, nor can it be
worked out from the sums that are shown.
"""

from offices.models import Office, Officer
from offices.roles import SEEING_EVERYTHING, Role

FEWEST = 5


class Hidden(int):
    """Stands for a number that is not told. Sorts as 0, so that no order gives it away."""


HIDDEN = Hidden(0)


def is_small(count: int) -> bool:
    return 0 < count < FEWEST


def is_inside(officer: Officer, office: Office) -> bool:
    """Whether the office's small numbers are this officer's own matter."""
    if officer.role in SEEING_EVERYTHING:
        return False
    if officer.role == Role.PROVINCIAL:
        return officer.province_code == office.province_code
    return officer.office_id == office.pk


def guarded(counts: dict[Office, int], *, officer: Officer) -> dict[Office, int]:
    """The counts of one province's offices, small ones replaced by HIDDEN.

    The province's sum is shown elsewhere: so further numbers are hidden, the smallest first, until
    nobody can tell which of them are small. Zeros come last.
    """
    outside = {office.pk: counts[office] for office in counts if not is_inside(officer, office)}
    hidden = hidden_of(outside, fewest=FEWEST)
    return {office: HIDDEN if office.pk in hidden else count for office, count in counts.items()}


def hidden_of(counts: dict[str, int], *, fewest: int) -> set[str]:
    """Which counts are not told where their sum is known: those below `fewest`, and further ones,
    the smallest first, until nobody can tell which of them are small. Zeros come last.
    """
    hidden = {name for name, count in counts.items() if 0 < count < fewest}
    others = sorted(counts.keys() - hidden, key=lambda name: (not counts[name], counts[name], name))
    for name in others if hidden else []:
        if len(hidden) > 1 and sum(counts[one] for one in hidden) >= 2 * fewest:
            break
        hidden.add(name)
    return hidden


def guarded_line(line: list[int]) -> list[int] | None:
    """A trend over stretches so long that none has a small number; None where there are none."""
    for width in range(1, len(line) // 2 + 1):
        merged = [sum(line[start : start + width]) for start in range(0, len(line), width)]
        if not any(is_small(count) for count in merged):
            return merged
    return None
