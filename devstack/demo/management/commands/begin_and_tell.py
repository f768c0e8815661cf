import time
from typing import Any

from django.core.management.base import BaseCommand

from audit import heads, sequencer, witnesses
from registration.services.enrolling import start_enrollment

PAUSE, SIGN_EVERY = 0.02, 1.0


class Command(BaseCommand):
    help = (
        "Begin registrations until the end, and tell each with the time once it is committed. Each "
        "second the log is signed and handed to its witnesses, as beat does each minute."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        signed = 0.0
        while True:
            enrollment, _token = start_enrollment()
            self.stdout.write(f"{enrollment.pk} {time.time()}")
            self.stdout.flush()
            if time.monotonic() - signed > SIGN_EVERY:
                signed = time.monotonic()
                sequencer.sequence_all()
                if head := heads.publish():
                    witnesses.deliver(head)
            time.sleep(PAUSE)
