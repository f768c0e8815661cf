from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError

from offices.models import Officer


class Command(createsuperuser.Command):
    help = "Make one of the first two administrators. It is written to the log."

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Refused before anything is asked, and once more when it is written."""
        try:
            Officer.objects.check_an_administrator_is_missing()
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        return super().handle(*args, **options)
