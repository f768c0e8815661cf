import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.models import Entry
from audit.proofs import Growth, Inclusion, NotProvable, prove_entry, prove_growth

HELP = (
    "Print a proof that an entry is in the log, or that the log only grew since an earlier "
    "head. docs/check_audit_proof.py checks it without this project."
)


def add_arguments(parser: CommandParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("entry_id", type=int, nargs="?", metavar="ENTRY")
    what.add_argument("--since", type=int, metavar="LEAVES", help="of the earlier head")
    parser.add_argument(
        "--under", type=int, metavar="LEAVES", help="of the head to prove under, not the newest"
    )


def run(command: BaseCommand, options: dict[str, Any]) -> None:
    under, since = options["under"], options["since"]
    try:
        if since is None:
            proof: Inclusion | Growth = prove_entry(
                Entry.objects.get(pk=options["entry_id"]), under=under
            )
        else:
            proof = prove_growth(since, under=under)
    except (Entry.DoesNotExist, NotProvable) as problem:
        raise CommandError(str(problem)) from problem
    command.stdout.write(json.dumps(proof, ensure_ascii=False, indent=2))
