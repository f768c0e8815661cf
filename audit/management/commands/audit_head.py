from django.core.management.base import BaseCommand, CommandError

from audit import heads, sequencer, witnesses
from audit.heads import as_line
from audit.proofs import public_key


class Command(BaseCommand):
    help = "Sign a tree head now, send it to the witnesses and print it; the public key on stderr."

    def handle(self, **options) -> None:
        sequencer.sequence_all()
        head = heads.publish()
        if head is None:
            raise CommandError("No entry has a place in the tree yet.")
        witnesses.deliver(head)
        self.stdout.write(as_line(head))
        self.stderr.write(f"public key: {public_key(head)}")
