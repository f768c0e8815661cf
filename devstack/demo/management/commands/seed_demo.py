"""Fills an empty portal with offices, officers, a register and enrollments, all made up."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from devstack.demo.cast import make_cast
from devstack.demo.hours import open_counters
from devstack.demo.register import enter_in_register
from devstack.demo.seeding import take_ways
from devstack.demo.staff import SignIn, make_staff
from offices.models import Officer
from offices.services import load_offices
from registration.models import Enrollment


class Command(BaseCommand):
    help = __doc__

    def handle(self, **_options: object) -> None:
        load_offices()
        sign_ins = make_staff()
        if sign_ins:
            write_sign_ins(settings.VAR_DIR / "sample-sign-ins.txt", sign_ins)
        open_counters()
        call_command("make_history", stdout=self.stdout)
        call_command("enter_sample_people")
        if Enrollment.objects.exists():
            self.stdout.write("The sample enrollments are there.")
            return
        cast, people = make_cast(Path(settings.MODELS_DIR) / "portraits")
        enter_in_register(people)
        officer = Officer.objects.get(email="officer@sample.dopa")
        take_ways(cast, officer=officer, on_progress=lambda done: self._tell(done, len(cast)))

    def _tell(self, done: int, count: int) -> None:
        self.stdout.write(f"Samples are being made: {done} of {count}")
        self.stdout.flush()


def write_sign_ins(path: Path, sign_ins: list[SignIn]) -> None:
    """For the owner of this machine only: a readable list of who can sign in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    lines = ["e-mail, password, secret of the one-time password, role"]
    path.write_text("\n".join([*lines, *map(str, sign_ins), ""]))
