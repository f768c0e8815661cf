"""Spread register, digital IDs, devices and an import's rows over a Citus cluster, and look again.

    python manage.py distribute --plan   # print the statements and do nothing
    python manage.py distribute          # as the owner of the tables, at the coordinator

What is spread already stays as it is; it may be called again at any time, and verifies each time.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from core import distributing


class Command(BaseCommand):
    help = "Spread the tables that grow with the population over a Citus cluster."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--plan", action="store_true", help="print the statements, do nothing")

    def handle(self, *, plan: bool, **_options: Any) -> None:
        if plan:
            for step in distributing.plan(distributing.growing()):
                self.stdout.write(str(step))
            return
        try:
            distributing.hold_ready()
        except distributing.CannotDistribute as error:
            raise CommandError(str(error)) from error
        self._spread(distributing.left_to_do())
        if faults := distributing.faults():
            raise CommandError("\n".join(faults))
        self.stdout.write("Every table of the population lies where the number's key says.")

    def _spread(self, tables: list[str]) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for step in distributing.plan(tables) if tables else ():
                self.stdout.write(str(step))
                cursor.execute(step.statement, step.parameters or None)
