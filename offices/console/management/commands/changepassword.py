from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from offices.by_operator import change_password
from offices.models import Officer


class Command(BaseCommand):
    help = "Set an officer's password where nobody can hand out a link. It is written to the log."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> str:
        officer = Officer.objects.filter(email=options["email"].lower()).first()
        if officer is None:
            raise CommandError("No officer has an account with this address.")
        password = getpass("New password: ")
        if getpass("The same again: ") != password:
            raise CommandError("These are two different passwords. Nothing was changed.")
        try:
            change_password(officer, password=password)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        return "The password is changed."
