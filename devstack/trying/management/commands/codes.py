"""Prints what signs each sample officer in: e-mail, password, the code of this half minute."""

from django.core.management.base import BaseCommand

from devstack.trying.accounts import accounts


class Command(BaseCommand):
    help = __doc__

    def handle(self, **_options: object) -> None:
        for one in accounts():
            left = "used, wait" if one.used else "still"
            self.stdout.write(
                f"{one.officer.email:28} {one.password}   {one.code}  ({left} {one.seconds} s)"
                f"   {one.officer.role}"
            )
