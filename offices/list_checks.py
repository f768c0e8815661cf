"""What is wrong with the lines of a list, each in a sentence."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from offices.former import NOW
from offices.list_file import Line, is_formula
from offices.models import Office, Officer
from offices.reach import people_seen_by

LONGEST_NAME = 120


@dataclass(frozen=True)
class Fault:
    line: int
    sentence: str


@dataclass(frozen=True)
class Known:
    """What a line is held against. `office` is the only one that is allowed, if there is one."""

    domains: frozenset[str]
    offices: frozenset[str]
    accounts: frozenset[str]
    office: str | None


def faults_of(
    lines: Sequence[Line], *, office: str | None, asker: Officer | None = None
) -> list[Fault]:
    """All of them, in the order of the lines. A supervisor who asks is not told who has an account
    elsewhere; whoever agrees is.
    """
    people = Officer.objects.filter(email__in=[line.email for line in lines])
    if asker is not None:
        people = people.filter(people_seen_by(asker))
    known = Known(
        domains=frozenset(settings.STAFF_EMAIL_DOMAINS),
        offices=frozenset(Office.objects.values_list("pk", flat=True)),
        accounts=frozenset(people.values_list("email", flat=True)),
        office=office,
    )
    found = [Fault(line.number, said) for line in lines for said in _said_of(line, known)]
    return sorted([*found, *_twice(lines)], key=lambda fault: fault.line)


def _said_of(line: Line, known: Known) -> list[str]:
    cells = (line.email, line.name, line.office)
    if any(map(is_formula, cells)):
        return [_("A cell begins like a formula.")]
    return [said for check in CHECKS if (said := check(line, known))]


def _email(line: Line, known: Known) -> str:
    if not line.email.isascii():
        return _("The address has letters that are not plain Latin ones.")
    try:
        validate_email(line.email)
    except ValidationError:
        return _("This is no e-mail address.")
    if "+" in line.email:  # one mailbox under two addresses is one person with two accounts
        return _("The address must have no part after a plus sign.")
    if line.email.rpartition("@")[2] not in known.domains:
        domains = ", ".join(sorted(known.domains))
        return _("The address is not of %(domains)s.") % {"domains": domains}
    return _("This address has an account already.") if line.email in known.accounts else ""


def _name(line: Line, known: Known) -> str:
    if not line.name:
        return _("The name is missing.")
    if len(line.name) > LONGEST_NAME or not line.name.isprintable():
        return _("The name is too long, or has signs that are no letters.")
    return ""


def _office(line: Line, known: Known) -> str:
    if line.office not in known.offices:
        if line.office in NOW:
            return _("This office has another code today: %(code)s.") % {"code": NOW[line.office]}
        return _("There is no office of this code.")
    if known.office is not None and line.office != known.office:
        return _("This is not your office.")
    return ""


CHECKS: tuple[Callable[[Line, Known], str], ...] = (_email, _name, _office)


def _twice(lines: Sequence[Line]) -> list[Fault]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for line in lines:
        places[line.email].append(line.number)
    said = _("The same address stands on line %(number)s.")
    return [
        Fault(number, said % {"number": str(numbers[0])})
        for email, numbers in places.items()
        for number in numbers[1:]
        if email
    ]
