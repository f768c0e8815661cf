from django.core.management.base import BaseCommand, CommandParser

from audit.management.parts import archive as seal
from audit.management.parts import check, grant, head, prove, verify

PARTS = {
    "verify": verify,
    "prove": prove,
    "head": head,
    "seal": seal,
    "check": check,
    "grant": grant,
}


class Command(BaseCommand):
    help = "The audit log: check it, prove an entry, sign a head, seal a month, protect it."

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True, metavar="WHAT")
        for name, module in PARTS.items():
            part = parts.add_parser(name, help=module.HELP, description=module.HELP)
            module.add_arguments(part)

    def handle(self, *, part: str, **options) -> None:
        PARTS[part].run(self, options)
