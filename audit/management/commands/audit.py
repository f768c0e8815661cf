from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from audit.management.parts import adopt, archive, check, grant, head, prove, verify

PARTS = {
    "verify": verify,
    "prove": prove,
    "head": head,
    "archive": archive,
    "check": check,
    "grant": grant,
    "adopt": adopt,
}


class Command(BaseCommand):
    help = "The audit log: check, prove, sign a head, archive a month, protect, adopt."

    def add_arguments(self, parser: CommandParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True, metavar="WHAT")
        for name, module in PARTS.items():
            part = parts.add_parser(name, help=module.HELP, description=module.HELP)
            module.add_arguments(part)

    def handle(self, *, part: str, **options: Any) -> None:
        PARTS[part].run(self, options)
