"""Enters those whom anybody may be into the sample register; what is there stays."""

from django.core.management.base import BaseCommand

from devstack.demo.register import enter_in_register
from devstack.trying.people import sample_people


class Command(BaseCommand):
    help = __doc__

    def handle(self, **_options: object) -> None:
        known = (one.known_as for one in sample_people().values())
        enter_in_register(one for one in known if one is not None)
