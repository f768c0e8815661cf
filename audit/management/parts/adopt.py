from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.adopting import NotAdoptable, adopt
from audit.management.parts.verify import heads_in
from audit.services import Actor

ADMINISTRATOR = "administrator"  # offices.roles, which stands above this app
HELP = (
    "Go on with the log in another database cluster, after a restore or pg_upgrade. Run it before "
    "the portal is started there."
)


def add_arguments(parser: CommandParser) -> None:
    parser.add_argument(
        "--head",
        type=Path,
        action="append",
        required=True,
        metavar="FILE",
        help="tree heads a witness kept, one a line",
    )
    parser.add_argument(
        "--by", required=True, metavar="E-MAIL", help="the administrator who decided"
    )
    parser.add_argument(
        "--lost", type=int, default=0, metavar="ENTRIES", help="signed entries that are not here"
    )


def run(command: BaseCommand, options: dict[str, Any]) -> None:
    officers = get_user_model().objects.filter(role=ADMINISTRATOR, is_active=True)
    decided = officers.filter(email=options["by"]).first()
    if decided is None:
        raise CommandError(f"{options['by']} is no administrator of this portal.")
    outside = [head for path in options["head"] for head in heads_in(path)]
    try:
        adopted = adopt(outside=outside, lost=options["lost"], actor=Actor.officer(decided))
    except NotAdoptable as problem:
        raise CommandError(str(problem)) from problem
    command.stdout.write(
        f"The log goes on in cluster {adopted.cluster} after {adopted.first_leaf} entries,"
        f" {options['lost']} lost. Sign a head now: manage.py audit head"
    )
