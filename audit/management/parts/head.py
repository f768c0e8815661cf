from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit import heads, sequencer, witnesses
from audit.heads import as_line
from audit.proofs import public_key

HELP = "Sign a tree head now, send it to the witnesses and print it; the public key on stderr."


def add_arguments(parser: CommandParser) -> None:
    """It needs none."""


def run(command: BaseCommand, options: dict[str, Any]) -> None:
    sequencer.sequence_all()
    head = heads.publish()
    if head is None:
        raise CommandError("No entry has a place in the tree yet.")
    witnesses.deliver(head)
    command.stdout.write(as_line(head))
    command.stderr.write(f"public key: {public_key(head)}")
