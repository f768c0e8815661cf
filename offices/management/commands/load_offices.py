from typing import Any

from django.core.management.base import BaseCommand

from offices.services import load_offices


class Command(BaseCommand):
    help = "Add the registration offices that are missing from the packaged register of districts."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{load_offices()} registration offices")
